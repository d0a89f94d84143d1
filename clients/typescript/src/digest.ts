/** The SHA-256 of bytes as hexadecimal digits; undefined where there is no crypto.subtle, as in pages without https. */
export async function hexDigest(bytes: BufferSource): Promise<string | undefined> {
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  if (!subtle) return undefined;
  return Array.from(new Uint8Array(await subtle.digest('SHA-256', bytes)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

// One plain function per operation, for bundles that must stay small: `getMe({ client: createTransport(…) })`.
export { createTransport } from './transport.js';
export type { Client } from './gen/client/index.js';
export * from './gen/sdk.gen.js';

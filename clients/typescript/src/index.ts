// The client of the Ultimate Coach API. README.md shows how to use it.
export { createClient, each, type Api, type ApiResponse, type ArgsOf, type Call, type OperationId, type ResultOf } from './client.js';
export { ApiError, CorruptReplyError, NetworkError, TimeoutError, UltimateCoachError, isApiError, isTransient, type ApiErrorWith, type FieldProblem, type KnownCode, type ProblemCode } from './errors.js';
export { forwardCookies, type ForwardedCookies } from './cookies.js';
export type { AuthChange } from './identity.js';
export { importFile, type ImportFileArgs } from './imports.js';
export { type CallOptions, type ClientConfig, type TokenSource } from './transport.js';
export type * from './gen/types.gen.js';

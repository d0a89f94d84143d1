// The client of the Ultimate Coach API. README.md shows how to use it.
export { createClient, each, type Api, type ApiResponse, type ArgsOf, type Call, type OperationId, type ResultOf } from './client.js';
export { ApiError, NetworkError, TimeoutError, UltimateCoachError, isApiError, isTransient, type FieldProblem, type ProblemCode } from './errors.js';
export { type CallOptions, type ClientConfig, type TokenSource } from './transport.js';
export type * from './gen/types.gen.js';

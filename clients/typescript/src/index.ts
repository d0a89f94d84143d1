// The client of the Ultimate Coach API. README.md shows how it is meant to be used.
export { createClient, each, type Answer, type Api, type ArgsOf, type Call, type OperationId, type ResultOf } from './client.js';
export { ApiError, NetworkError, TimeoutError, UltimateCoachError, isApiError, isTransient, type FieldProblem, type ProblemCode } from './errors.js';
export { type CallOptions, type ClientConfig, type TokenSource } from './transport.js';
export type * from './gen/types.gen.js';

// Written from gen/openapi.yaml by openapi/gen-ts.mjs; do not edit.

/** The causes of a problem that the contract names; a server may know more. */
export type KnownProblemCode =
  | 'body_too_large'
  | 'cross_origin_refused'
  | 'database_unavailable'
  | 'email_not_confirmed'
  | 'email_taken'
  | 'expired_token'
  | 'internal_error'
  | 'invalid_credentials'
  | 'invalid_cursor'
  | 'mail_token_required'
  | 'malformed_json'
  | 'missing_token'
  | 'overloaded'
  | 'password_too_long'
  | 'precondition_failed'
  | 'rate_limited'
  | 'rule_broken'
  | 'session_ended'
  | 'session_not_found'
  | 'unsupported_media_type'
  | 'validation_failed';

/** Why a field was refused, as far as the contract names it; a server may know more. */
export type KnownFieldErrorCode =
  | 'too_large'
  | 'unknown_field'
  | 'unknown_timezone';

// Written from gen/openapi.yaml by openapi/gen-ts.mjs; do not edit.

/** Every cause of a problem that the guide "Errors" lists; a newer server may know more. */
export type KnownProblemCode =
  | 'auth_unavailable'
  | 'body_too_large'
  | 'conflict'
  | 'cross_origin_refused'
  | 'database_unavailable'
  | 'email_not_confirmed'
  | 'email_taken'
  | 'expired_token'
  | 'identity_provider_busy'
  | 'internal_error'
  | 'invalid_credentials'
  | 'invalid_cursor'
  | 'invalid_refresh_token'
  | 'invalid_token'
  | 'mail_token_invalid'
  | 'malformed_json'
  | 'method_not_allowed'
  | 'missing_refresh_token'
  | 'missing_token'
  | 'not_found'
  | 'overloaded'
  | 'precondition_failed'
  | 'rate_limited'
  | 'route_not_found'
  | 'rule_broken'
  | 'session_ended'
  | 'session_not_found'
  | 'shutting_down'
  | 'signup_closed'
  | 'timed_out'
  | 'token_too_large'
  | 'too_many_failed_logins'
  | 'unsupported_media_type'
  | 'validation_failed';

/** Why a field was refused, as far as the contract names it; a server may know more. */
export type KnownFieldErrorCode =
  | 'mail_token_required'
  | 'password_too_long'
  | 'too_large'
  | 'unknown_field'
  | 'unknown_timezone'
  | 'wrong_password';

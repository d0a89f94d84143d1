package dbtest

import (
	"testing"

	"github.com/google/uuid"
)

// User makes a confirmed account with a live session, as GoTrue leaves them, and whatever the schema's own triggers add.
// The address is unique; there is no password. Tokens for the pair are the test's to sign.
func User(tb testing.TB, d Database) (userID, sessionID uuid.UUID) {
	tb.Helper()
	userID, sessionID = uuid.New(), uuid.New()
	// One statement, one trip. The four tokens are '' because GoTrue cannot read null there.
	_, err := d.Owner.Exec(tb.Context(), `
		with account as (
		  insert into auth.users (
		    instance_id, id, aud, role, email, encrypted_password, email_confirmed_at,
		    confirmation_token, recovery_token, email_change_token_new, email_change,
		    raw_app_meta_data, raw_user_meta_data, last_sign_in_at, created_at, updated_at
		  ) values (
		    '00000000-0000-0000-0000-000000000000', $1::uuid, 'authenticated', 'authenticated', $3::text, '', now(),
		    '', '', '', '',
		    '{"provider": "email", "providers": ["email"]}',
		    jsonb_build_object('sub', $1::uuid, 'email', $3::text, 'email_verified', true, 'phone_verified', false),
		    now(), now(), now()
		  )
		  returning id
		), identity as (
		  insert into auth.identities (provider_id, user_id, identity_data, provider, last_sign_in_at, created_at, updated_at)
		  select
		    id::text, id,
		    jsonb_build_object('sub', id, 'email', $3::text, 'email_verified', false, 'phone_verified', false),
		    'email', now(), now(), now()
		  from account
		), session as (
		  insert into auth.sessions (id, user_id, created_at, updated_at, aal)
		  select $2::uuid, id, now(), now(), 'aal1'
		  from account
		  returning id
		)
		insert into auth.mfa_amr_claims (id, session_id, created_at, updated_at, authentication_method)
		select gen_random_uuid(), id, now(), now(), 'password'
		from session`,
		userID, sessionID, userID.String()+"@example.com")
	if err != nil {
		tb.Fatalf("make user: %v", err)
	}
	return userID, sessionID
}

// Supabase's own browser library against the stand-in: what it stores, verifies and throws.
// ON and OFF are servers with and without autoconfirm: {url, anon, inbox}.
import assert from 'node:assert/strict'
import {
  AuthApiError, AuthClient, AuthRetryableFetchError, AuthSessionMissingError, AuthWeakPasswordError,
} from '@supabase/auth-js'

const on = JSON.parse(process.env.ON)
const off = JSON.parse(process.env.OFF)
const password = 'correct-horse-9'

const requests = []
function client({ url, anon }) {
  const store = new Map()
  return new AuthClient({
    url,
    headers: { apikey: anon, Authorization: `Bearer ${anon}` },
    autoRefreshToken: false,
    persistSession: true,
    storage: {
      getItem: (k) => store.get(k) ?? null,
      setItem: (k, v) => void store.set(k, v),
      removeItem: (k) => void store.delete(k),
    },
    fetch: (input, init) => {
      requests.push(`${init?.method ?? 'GET'} ${new URL(input).pathname}`)
      return fetch(input, init)
    },
  })
}

async function good(promise) {
  const { data, error } = await promise
  assert.equal(error, null)
  return data
}

async function bad(promise, type, code) {
  const { error } = await promise
  assert.ok(error instanceof type, `${error?.constructor.name} is not ${type.name}: ${error}`)
  assert.equal(error.code, code)
  return error
}

async function mail(server, to) {
  const res = await fetch(`${server.inbox}?to=${encodeURIComponent(to)}`)
  const { mails } = await res.json()
  assert.ok(mails.length > 0, `no mail to ${to}`)
  return mails[0]
}

const checks = {
  async 'signs up, keeps the session, and verifies the token without asking'() {
    const auth = client(on)
    const { session, user } = await good(auth.signUp({ email: 'Ann@Example.com', password, options: { data: { full_name: 'Ann' } } }))
    assert.ok(session.access_token && session.refresh_token)
    assert.equal(user.email, 'ann@example.com')
    assert.equal((await good(auth.getSession())).session.access_token, session.access_token)

    requests.length = 0
    const { claims, header } = await good(auth.getClaims())
    assert.equal(header.alg, 'ES256')
    assert.equal(claims.sub, user.id)
    assert.equal(claims.aud, 'authenticated')
    assert.equal(claims.user_metadata.full_name, 'Ann')
    assert.deepEqual(requests, ['GET /auth/v1/.well-known/jwks.json'])
    await good(auth.getClaims())
    assert.equal(requests.length, 1, 'the key is remembered')
  },

  async 'refuses a token that was tampered with'() {
    const auth = client(on)
    const { session } = await good(auth.signUp({ email: 'tam@example.com', password }))
    const [head, body] = session.access_token.split('.')
    const { error } = await auth.getClaims(`${head}.${body}.${'A'.repeat(86)}`)
    assert.ok(error, 'a forged signature passes')
  },

  async 'signs in, refreshes, reads the user'() {
    const auth = client(on)
    await good(auth.signUp({ email: 'bob@example.com', password }))
    const { session, user } = await good(auth.signInWithPassword({ email: 'bob@example.com', password }))
    const renewed = (await good(auth.refreshSession())).session
    assert.notEqual(renewed.refresh_token, session.refresh_token)
    assert.equal((await good(auth.getUser())).user.id, user.id)
    // A second tab, with the token from before.
    const tab = client(on)
    assert.equal((await good(tab.refreshSession({ refresh_token: session.refresh_token }))).session.refresh_token, renewed.refresh_token)
  },

  async 'refreshes once, however many ask'() {
    const { session } = await good(client(on).signUp({ email: 'tabs@example.com', password }))
    const tabs = await Promise.all(Array.from({ length: 10 }, () =>
      good(client(on).refreshSession({ refresh_token: session.refresh_token }))))
    assert.equal(new Set(tabs.map((t) => t.session.refresh_token)).size, 1)
  },

  async 'changes name and password'() {
    const auth = client(on)
    await good(auth.signUp({ email: 'cat@example.com', password }))
    const elsewhere = client(on)
    await good(elsewhere.signInWithPassword({ email: 'cat@example.com', password }))
    const { user } = await good(auth.updateUser({ data: { full_name: 'Cat' }, password: 'another-horse-8' }))
    assert.equal(user.user_metadata.full_name, 'Cat')
    await bad(auth.updateUser({ password: 'another-horse-8' }), AuthApiError, 'same_password')
    await good(auth.getUser())
    await bad(elsewhere.getUser(), AuthSessionMissingError, undefined)
    await good(elsewhere.signInWithPassword({ email: 'cat@example.com', password: 'another-horse-8' }))
  },

  async 'confirms an address by the code of the mail'() {
    const auth = client(off)
    const { session, user } = await good(auth.signUp({ email: 'dan@example.com', password }))
    assert.equal(session, null)
    assert.equal(user.identities.length, 1)
    await bad(auth.signInWithPassword({ email: 'dan@example.com', password }), AuthApiError, 'email_not_confirmed')
    const { code } = await mail(off, 'dan@example.com')
    const confirmed = await good(auth.verifyOtp({ email: 'dan@example.com', token: code, type: 'email' }))
    assert.ok(confirmed.session.access_token)
    await bad(auth.verifyOtp({ email: 'dan@example.com', token: code, type: 'email' }), AuthApiError, 'otp_expired')
    // Taken and confirmed: a made-up user, told by its lack of identities.
    assert.deepEqual((await good(client(off).signUp({ email: 'dan@example.com', password }))).user.identities, [])
  },

  async 'resends a confirmation, and spends only the latest link'() {
    const auth = client(off)
    await good(auth.signUp({ email: 'eve@example.com', password }))
    const first = await mail(off, 'eve@example.com')
    await good(auth.resend({ type: 'signup', email: 'eve@example.com' }))
    const second = await mail(off, 'eve@example.com')
    await bad(auth.verifyOtp({ token_hash: first.token_hash, type: 'signup' }), AuthApiError, 'otp_expired')
    const { searchParams } = new URL(second.link)
    await good(auth.verifyOtp({ token_hash: searchParams.get('token_hash'), type: searchParams.get('type') }))
  },

  async 'recovers a forgotten password'() {
    const auth = client(off)
    await good(auth.signUp({ email: 'fay@example.com', password }))
    await good(auth.resetPasswordForEmail('fay@example.com'))
    await good(auth.resetPasswordForEmail('nobody@example.com'))
    const { token_hash: hash, type } = await mail(off, 'fay@example.com')
    assert.equal(type, 'recovery')
    const { session } = await good(auth.verifyOtp({ token_hash: hash, type: 'recovery' }))
    assert.ok(session)
    await good(auth.updateUser({ password: 'recovered-horse-7' }))
    await good(client(off).signInWithPassword({ email: 'fay@example.com', password: 'recovered-horse-7' }))
    await bad(client(off).signInWithPassword({ email: 'fay@example.com', password }), AuthApiError, 'invalid_credentials')
  },

  async 'moves to a new address when both have agreed'() {
    const auth = client(on)
    await good(auth.signUp({ email: 'gil@example.com', password }))
    const { user } = await good(auth.updateUser({ email: 'gil2@example.com' }))
    assert.equal(user.new_email, 'gil2@example.com')
    const half = await auth.verifyOtp({ token_hash: (await mail(on, 'gil@example.com')).token_hash, type: 'email_change' })
    assert.equal(half.error, null)
    assert.equal(half.data.session, null)
    const whole = await good(auth.verifyOtp({ token_hash: (await mail(on, 'gil2@example.com')).token_hash, type: 'email_change' }))
    assert.equal(whole.user.email, 'gil2@example.com')
    await good(client(on).signInWithPassword({ email: 'gil2@example.com', password }))
  },

  async 'signs out: here, elsewhere, everywhere'() {
    const here = client(on)
    await good(here.signUp({ email: 'hal@example.com', password }))
    const [there, yonder] = [client(on), client(on)]
    for (const c of [there, yonder]) await good(c.signInWithPassword({ email: 'hal@example.com', password }))
    const token = (await good(yonder.getSession())).session.access_token
    await good(yonder.signOut({ scope: 'local' }))
    assert.equal((await good(yonder.getSession())).session, null)
    await bad(client(on).getUser(token), AuthSessionMissingError, undefined)
    await good(here.signOut({ scope: 'others' }))
    await bad(there.getUser(), AuthSessionMissingError, undefined)
    await good(here.getUser())
    await good(here.signOut())
    await bad(here.getUser(), AuthSessionMissingError, undefined)
  },

  async 'throws its own errors'() {
    const auth = client(on)
    const weak = await bad(auth.signUp({ email: 'weak@example.com', password: 'short' }), AuthWeakPasswordError, 'weak_password')
    assert.deepEqual(weak.reasons, ['length'])
    await good(auth.signUp({ email: 'ida@example.com', password }))
    await bad(client(on).signUp({ email: 'ida@example.com', password }), AuthApiError, 'user_already_exists')
    await bad(client(on).signUp({ email: 'no address', password }), AuthApiError, 'validation_failed')
    const wrong = await bad(client(on).signInWithPassword({ email: 'ida@example.com', password: 'wrong-horse' }), AuthApiError, 'invalid_credentials')
    assert.equal(wrong.status, 400)
    await bad(client(on).refreshSession({ refresh_token: 'zzzzzzzzzzzz' }), AuthApiError, 'refresh_token_not_found')
    await bad(client(on).getUser('not-a-token'), AuthApiError, 'bad_jwt')
    await bad(client(on).getUser(), AuthSessionMissingError, undefined)
    const gone = client({ ...on, url: 'http://127.0.0.1:9/auth/v1' })
    await bad(gone.signInWithPassword({ email: 'ida@example.com', password }), AuthRetryableFetchError, undefined)
  },

  async 'lets the service key administer'() {
    const admin = client({ ...on, anon: on.service }).admin
    const { user } = await good(admin.createUser({ email: 'joy@example.com', password, email_confirm: true, user_metadata: { full_name: 'Joy' } }))
    assert.equal((await good(admin.getUserById(user.id))).user.email, 'joy@example.com')
    await good(client(on).signInWithPassword({ email: 'joy@example.com', password }))
    const page = await good(admin.listUsers({ page: 1, perPage: 2 }))
    assert.equal(page.users.length, 2)
    assert.ok(page.total > 2 && page.nextPage === 2)
    const { properties } = await good(admin.generateLink({ type: 'recovery', email: 'joy@example.com' }))
    await good(client(on).verifyOtp({ email: 'joy@example.com', token: properties.email_otp, type: 'recovery' }))
    await good(admin.deleteUser(user.id))
    await bad(admin.getUserById(user.id), AuthApiError, 'user_not_found')
    await bad(client(on).admin.listUsers(), AuthApiError, 'not_admin')
  },
}

let failed = 0
for (const [name, check] of Object.entries(checks)) {
  try {
    await check()
    console.log(`ok ${name}`)
  } catch (error) {
    failed++
    console.log(`not ok ${name}\n${error.stack}`)
  }
}
console.log(`${Object.keys(checks).length - failed} of ${Object.keys(checks).length}`)
process.exit(failed ? 1 : 0)

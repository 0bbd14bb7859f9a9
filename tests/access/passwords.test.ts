import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { hashPassword, isPassword, passwordFault } from '../../server/access/passwords.ts'

const own = ['Bea Beheer', 'bea.beheer@bureau.example']

test('length counts, composition does not: a sentence of small letters is good', () => {
  assert.equal(passwordFault('zeven koeien lopen langzaam', own), null)
  assert.equal(passwordFault('Tr0ub4dor&3', own), 'too-short')
  assert.equal(passwordFault('x'.repeat(201), own), 'too-long')
})

test('what everybody guesses first is refused, also twice in a row or with digits around it', () => {
  for (const password of ['passwordpassword', 'Welcome2024!!', 'qwertyqwerty123', 'iloveyou12345678'])
    assert.equal(passwordFault(password, own), 'common', password)
  assert.equal(passwordFault('ababababababab', own), 'repeated')
})

test('one’s own name with a little beside it is refused', () => {
  assert.equal(passwordFault('beheer2026!!', own), 'own-words')
  assert.equal(passwordFault('beheer van honderd gezinnen', own), null)
})

test('a password is known again by its hash, and no other is; the same one never has the same hash twice', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ minLength: 1, maxLength: 30 }), fc.string({ maxLength: 30 }), async (password, other) => {
      const [hash, again] = await Promise.all([hashPassword(password), hashPassword(password)])
      assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
      assert.notEqual(hash, again)
      assert.equal(await isPassword(password, hash), true)
      assert.equal(await isPassword(other, hash), other.normalize('NFKC') === password.normalize('NFKC'))
    }),
    { numRuns: 8 },
  )
})

test('without an account, or with something that is no hash, no password is right', async () => {
  assert.equal(await isPassword('zeven koeien lopen langzaam', null), false)
  assert.equal(await isPassword('', '$2b$10$abcdefghijklmnopqrstuv'), false)
})

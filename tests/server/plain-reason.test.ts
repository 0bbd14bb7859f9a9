import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DrizzleQueryError } from 'drizzle-orm'
import { plainReason } from '../../server/plain-reason.ts'

test('what a query was asked with is in neither message nor stack; why it failed is', () => {
  const cause = Object.assign(new Error('relation "people" does not exist'), { code: '42P01' })
  const failed = new DrizzleQueryError('select * from people\nwhere email = $1', ['kanarie@voorbeeld.example'], cause)
  const { message, stack = '' } = plainReason(failed)
  assert.equal(message, 'relation "people" does not exist')
  for (const text of [message, stack]) assert.doesNotMatch(text, /kanarie|params/)
  assert.match(stack, /plain-reason\.test/)
})

test('without a cause, and wrapped twice, nothing of it is told either', () => {
  const bare = new DrizzleQueryError('select 1', ['kanarie'])
  const twice = new DrizzleQueryError('select 2', ['kanarie'], bare)
  for (const thrown of [bare, twice]) {
    const { message, stack = '' } = plainReason(thrown)
    assert.equal(message, 'a query failed')
    assert.doesNotMatch(stack, /kanarie/)
    assert.match(stack, /^ {4}at /)
  }
})

test('whatever is thrown, something can be said', () => {
  assert.equal(plainReason(new Error('the disk is full')).message, 'the disk is full')
  assert.equal(plainReason('a text').message, 'a text')
  assert.equal(plainReason(undefined).message, 'undefined')
})

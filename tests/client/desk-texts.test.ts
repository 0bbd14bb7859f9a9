import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { isKnown } from '../../client/desk/access/phrases.ts'
import { byFault } from '../../client/desk/case/fault-texts.ts'
import { studyFaults } from '../../client/desk/study/fault-texts.ts'
import { en } from '../../client/desk/texts/en.ts'
import { eventText } from '../../client/desk/texts/events.ts'
import { nl } from '../../client/desk/texts/nl.ts'
import { policies, policyName } from '../../server/access/policies.ts'
import { permissions } from '../../server/access/roles.ts'

const folder = new URL('../../client/desk/', import.meta.url)
const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort()

test('the desk says everything in English too, with the same placeholders', () => {
  assert.deepEqual(Object.keys(en), Object.keys(nl))
  for (const [key, source] of Object.entries(nl)) assert.deepEqual(placeholders(en[key as keyof typeof nl]), placeholders(source), key)
})

test('no text of the desk is there for nothing', () => {
  const code = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/texts.(nl|en)\.ts$/.test(name))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n')
  assert.deepEqual(
    Object.keys(nl).filter((key) => !code.includes(`'${key.replace(/_(one|other)$/, '')}'`)),
    [],
  )
})

test('every kind of event that the server records has words of its own', () => {
  const kinds = readdirSync(new URL('../../server/', import.meta.url), { recursive: true, encoding: 'utf8' })
    .filter((name) => /^(workflow|mail).*\.ts$/.test(name))
    .flatMap((name) => {
      const text = readFileSync(new URL(`../../server/${name}`, import.meta.url), 'utf8')
      return [...text.matchAll(/recordEvent\([\s\S]{0,200}?kind: '([a-z ]+)'/g)].map(([, kind]) => kind ?? '')
    })
  assert.ok(kinds.length >= 5)
  for (const kind of [...kinds, 'opened', 'expired', 'declined', 'withdrawn', 'message sent', 'message postponed', 'message unknown'])
    assert.notEqual(eventText(kind, null), 'eventOther', kind)
})

test('every action that the access log can tell of has words of its own', () => {
  const named = Object.values(policies).flatMap((policy) => (typeof policy === 'object' && 'may' in policy ? [policyName(policy)] : []))
  const told = readdirSync(new URL('../../server/', import.meta.url), { recursive: true, encoding: 'utf8' })
    .filter((name) => /^(workflow|routes|commands).*\.ts$/.test(name))
    .flatMap((name) => {
      const text = readFileSync(new URL(`../../server/${name}`, import.meta.url), 'utf8')
      return [...text.matchAll(/\b(?:tell|told|logged)\(context, (?:staff, )?'([a-z -]+)'/g)].map(([, action]) => action ?? '')
    })
  assert.ok(told.length >= 10)
  assert.deepEqual([...new Set([...named, ...told, ...permissions])].filter((action) => !isKnown(action)).toSorted(), [])
})

test('every code by which the server says why a change does not go has words of its own', () => {
  const codes = readdirSync(new URL('../../server/workflow/', import.meta.url)).flatMap((name) => {
    const text = readFileSync(new URL(`../../server/workflow/${name}`, import.meta.url), 'utf8')
    const thrown = text
      .split('new Failure(')
      .slice(1)
      .map((rest) => /^[^;]*?,\s*'([a-z][a-z -]+)',?\s*\)\n/.exec(rest)?.[1])
    const refused = [...text.matchAll(/\brefuse\([^;\n]*, '([a-z-]+)'\)/g), ...text.matchAll(/'not-possible', \{ fault: '([a-z-]+)'/g)].map(
      ([, code]) => code,
    )
    return [...thrown, ...refused].flatMap((code) => code ?? [])
  })
  assert.ok(new Set(codes).size > 25, codes.join())
  assert.deepEqual(
    [...new Set(codes)].filter((code) => !(code in byFault) && !(code in studyFaults)),
    [],
  )
})

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { languages, spokenLanguage } from '../../client/respond/texts/languages.ts'
import { nl } from '../../client/respond/texts/nl.ts'
import { createTranslator } from '../../client/ui/texts.ts'

const folder = new URL('../../client/respond/', import.meta.url)
const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort()
/** Of a plural: Arabic says none, one and two in words. */
const filledIn = (key: string, text: string): string[] =>
  placeholders(text).filter((name) => !(/_(zero|one|two)$/.test(key) && name === 'count'))

test('every language has a file, and every file is a language', () => {
  const files = readdirSync(new URL('texts/', folder)).filter((name) => name !== 'languages.ts')
  assert.deepEqual(
    files.sort(),
    Object.keys(languages)
      .map((language) => `${language}.ts`)
      .sort(),
  )
})

test('every language says everything, with the same placeholders', async () => {
  for (const [language, { load }] of Object.entries(languages)) {
    const texts: Record<string, string> = await load()
    for (const [key, source] of Object.entries(nl)) {
      assert.ok(texts[key]?.trim(), `${language} does not say ${key}`)
      assert.deepEqual(filledIn(key, texts[key] ?? ''), filledIn(key, source), `${language} ${key}`)
    }
    const further = Object.keys(texts).filter((key) => !(key in nl))
    assert.deepEqual(
      further.filter((key) => !/_(zero|two|few|many)$/.test(key)),
      [],
      language,
    )
    for (const key of further)
      assert.deepEqual(filledIn(key, texts[key] ?? ''), filledIn(key, texts[key.replace(/[a-z]+$/, 'other')] ?? ''), `${language} ${key}`)
  }
})

test('every language has a text for each of its plurals that whole numbers from one up need', async () => {
  const bases = Object.keys(nl).flatMap((key) => /^(.*)_other$/.exec(key)?.[1] ?? [])
  assert.ok(bases.length > 0)
  for (const [language, { load }] of Object.entries(languages)) {
    const texts: Record<string, string> = await load()
    const plural = new Intl.PluralRules(language)
    const needed = new Set(Array.from({ length: 200 }, (_, index) => plural.select(index + 1)))
    // Where only fractions are "other" (Polish), that text is free to stand for one of the rest.
    const free = needed.has('other') ? 0 : 1
    for (const base of bases)
      assert.ok([...needed].filter((form) => !texts[`${base}_${form}`]?.trim()).length <= free, `${language} ${base}`)
  }
})

test('what is filled in keeps its own direction among words from right to left', () => {
  const arabic = createTranslator<{ of: 'x {code}' }>({ of: 'من {code}' }, 'ar')
  assert.equal(arabic.say('of', { code: 'EK-001' }), 'من \u2068EK-001\u2069')
  assert.equal(createTranslator<{ of: 'x {code}' }>({ of: 'x {code}' }, 'tr').say('of', { code: 'EK-001' }), 'x EK-001')
  assert.match(arabic.day('2026-03-04'), /^4 .* 2026$/, 'in the digits of keyboards and clocks here')
})

test('no text is there for nothing', () => {
  const code = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('texts'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n')
  const isUsed = (key: string) => new RegExp(`['"]${key.replace(/_(one|other)$|Title$/, '')}(Title)?['"]`).test(code)
  assert.deepEqual(
    Object.keys(nl).filter((key) => !isUsed(key)),
    [],
  )
})

test('plurals follow the language, and placeholders are filled in', () => {
  const { say, count, day } = createTranslator<typeof nl>(nl, 'nl')
  assert.equal(count('questions', 1), '1 vraag')
  assert.equal(count('questions', 3), '3 vragen')
  assert.equal(count('openLead', 1, { minutes: '5 minuten' }), 'Er staat 1 lijst voor u klaar. Invullen duurt ongeveer 5 minuten.')
  assert.equal(say('questionsOf', { from: 6, to: 10, total: 25 }), 'Vraag 6 tot en met 10 van 25')
  assert.equal(day('2026-03-04'), '4 maart 2026')
})

test('a language with more plural forms may have texts for them', () => {
  const polish = createTranslator<{ lists_one: string; lists_other: string }>(
    { lists_one: '{count} lista', lists_other: '{count} listy', ...{ lists_many: '{count} list' } },
    'pl',
  )
  assert.deepEqual(
    [1, 2, 5].map((number) => polish.count('lists', number)),
    ['1 lista', '2 listy', '5 list'],
  )
})

test('days in English are written as in Europe', async () => {
  assert.equal(createTranslator<typeof nl>(await (languages.en ?? languages.nl).load(), 'en').day('2026-03-04'), '4 March 2026')
})

test('a reader whose language is not spoken gets Dutch', () => {
  assert.equal(spokenLanguage(['en-GB', 'nl']), 'en')
  assert.equal(spokenLanguage(['xx', 'toString']), 'nl')
  assert.equal(spokenLanguage([]), 'nl')
})

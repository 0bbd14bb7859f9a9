/** What `check` says of translations, and that those that ship are whole. */
import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import { blanksIn } from '../../instruments/check-translations.ts'
import { formatReference } from '../../instruments/definition.ts'
import { missingIn } from '../../instruments/translations.ts'
import { checkDefinitions } from '../../server/definitions/check.ts'
import { loadDefinitions, shippedDirectory } from '../../server/definitions/load.ts'
import { lockDefinitions } from '../../server/definitions/lock.ts'
import { ownLanguages } from '../../server/languages.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { writeDefinition, writeFile } from '../harness/definition-folder.ts'
import { type Json, smallInstrument } from '../instruments/small-files.ts'

const further = ownLanguages.filter((language) => language !== 'nl' && language !== 'en')

/** The small instrument with a translation, and what becomes of it. */
function translating(t: TestContext, change: Json, name = 'instruments/mood/0.1.0-standin.tr.json') {
  const folder = temporaryFolder(t)
  writeDefinition(folder, 'instruments', smallInstrument())
  const translation = { kind: 'translation', of: 'mood@0.1.0-standin', language: 'tr', status: 'machine-draft', source: 'Test', texts: {} }
  writeFile(folder, name, { ...translation, ...change })
  const { errors, warnings, translations } = checkDefinitions(shippedDirectory, folder)
  const told = (findings: typeof errors) =>
    findings.filter(({ file }) => file.startsWith(folder)).map(({ path, reason }) => `${path}: ${reason}`)
  return { folder, errors: told(errors), warnings: told(warnings), translations }
}

test('a text that its definition does not have, and one that fills in something else, are mistakes', (t) => {
  const { errors } = translating(t, { texts: { 'One (nl)': 'Bir {name}', 'Gone (nl)': 'Yok', 'Two (nl)': 'İki' } })
  assert.deepEqual(errors, [
    '/texts/One (nl): the Dutch text has nothing to fill in, the translation {name}',
    '/texts/Gone (nl): mood@0.1.0-standin has no such Dutch text: take it over exactly, or leave it out',
  ])
})

test('a translation of nothing, in a language of the definition, or in another place is a mistake', (t) => {
  assert.deepEqual(translating(t, { of: 'mood@9.0.0' }).errors, [
    '/of: this is mood@9.0.0 in tr, so the file has to be mood/9.0.0.tr.json',
    '/of: there is no mood@9.0.0 in this folder, or it has mistakes',
  ])
  assert.deepEqual(translating(t, { language: 'en' }).errors, ['/language: a definition itself has this language'])
  assert.deepEqual(translating(t, {}, 'instruments/mood/0.1.0-standin.pl.json').errors, [
    '/of: this is mood@0.1.0-standin in tr, so the file has to be mood/0.1.0-standin.tr.json',
  ])
})

test('each text that is left untranslated is a warning with its path, and the summary says who has read a language over', async (t) => {
  const { folder, errors, warnings } = translating(t, { texts: { 'One (nl)': 'Bir', 'Mood (nl)': 'Ruh hâli' } })
  assert.deepEqual(errors, [])
  assert.ok(warnings.includes('/survey/pages/0/elements/2/title: there is no translation into tr'), warnings.join('\n'))
  assert.ok(!warnings.some((warning) => warning.startsWith('/survey/pages/0/elements/1/title')), warnings.join('\n'))
  const { code, stdout } = await nameting({}, 'check', folder)
  assert.equal(code, 0)
  assert.match(stdout, /\nTranslated into tr: \d+ files, \d+ of them made by machine and reviewed by nobody\.\n/)
})

test('a translation is put right without a new version: the lock has nothing of it', (t) => {
  const { folder } = translating(t, { texts: { 'One (nl)': 'Bir' } })
  assert.deepEqual(lockDefinitions(folder), ['mood@0.1.0-standin'])
  const texts = { 'One (nl)': 'Birinci' }
  writeFile(folder, 'instruments/mood/0.1.0-standin.tr.json', {
    kind: 'translation',
    of: 'mood@0.1.0-standin',
    language: 'tr',
    status: 'reviewed',
    source: 'Test',
    texts,
  })
  assert.deepEqual(lockDefinitions(folder), [])
  const { errors } = checkDefinitions(shippedDirectory, folder)
  assert.deepEqual(errors, [])
})

describe('what ships is translated, every text of it, with the same to be filled in:', () => {
  const { instruments, protocols, translated } = loadDefinitions()
  for (const language of further)
    test(language, () => {
      const missing = [
        ...instruments
          .all()
          .flatMap((list) => missingIn(translated.instruments.into(list, language), language).map(at(formatReference(list)))),
        ...protocols
          .all()
          .flatMap((study) => missingIn(translated.protocols.into(study, language), language).map(at(formatReference(study)))),
      ]
      assert.deepEqual(missing, [])
    })
})

const at =
  (reference: string) =>
  (path: string): string =>
    `${reference} ${path}`

test('words of parts, placeholders of mails and numbers of records are what is filled in', () => {
  assert.equal(blanksIn('{{event}} van {name} en {name}: {panelIndex}'), '{name} {panelIndex} {{event}}')
  assert.equal(blanksIn('niets'), '')
})

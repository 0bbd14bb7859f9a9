import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Questionnaire } from '../../instruments/fhir/questionnaire.ts'
import type { ResponseItem } from '../../instruments/fhir/response.ts'
import { assertFhirBundle } from './fhir-rules.ts'
import { manifestOf, rowsOf } from './read-export.ts'
import { entry, parent, referrer, startExportStudy } from './study.ts'

interface Response {
  resourceType: 'QuestionnaireResponse'
  id: string
  meta?: { tag: { code: string; display: string }[] }
  language: string
  extension: { url: string; valueString: string }[]
  questionnaire: string
  status: string
  subject: { identifier: { system: string; value: string } }
  source: { identifier: { system: string; value: string } }
  authored: string
  item?: ResponseItem[]
}

function bundleOf(directory: string, file: string) {
  const bundle = JSON.parse(readFileSync(join(directory, file), 'utf8')) as {
    resourceType: string
    type: string
    entry: { fullUrl: string; resource: Questionnaire | Response }[]
  }
  assert.deepEqual([bundle.resourceType, bundle.type], ['Bundle', 'collection'])
  const urls = bundle.entry.map(({ fullUrl }) => fullUrl)
  assert.equal(new Set(urls).size, urls.length)
  const resources = bundle.entry.map(({ resource }) => resource)
  const isResponse = (resource: Questionnaire | Response): resource is Response => resource.resourceType === 'QuestionnaireResponse'
  return {
    questionnaires: resources.filter((resource) => !isResponse(resource)) as Questionnaire[],
    responses: resources.filter(isResponse),
  }
}

test('responses are QuestionnaireResponses beside the Questionnaires that they answer', async (t) => {
  const visits = await startExportStudy(t)
  await visits.register(entry('a', [parent('Een'), referrer('Twee')]), entry('b'))
  const answers = { moved: 1, moved_on: '2026-02-01', persons: 3, balance: -0.98, support: [1, 3], remark: '=1+1 "zei" zij 👪' }
  await visits.submit({ code: 'a', instrument: 'visit' }, answers)
  await visits.submit({ code: 'b', instrument: 'visit' }, { moved: 0 })
  await visits.submit({ code: 'a', instrument: 'veo' }, {})
  const { code, stdout, directory } = await visits.export('out', '--format', 'fhir', 'csv')
  assert.equal(code, 0)
  assert.match(stdout, /responses_visit\.fhir\.json +2 responses/)

  const { questionnaires, responses } = bundleOf(directory, 'responses_visit.fhir.json')
  const canonicals = questionnaires.map(({ url, version }) => `${url}|${version}`)
  assert.ok(canonicals.includes('urn:nameting:instrument:visit|1.0.0'))
  const rows = rowsOf(directory, 'long_visit.csv').filter(({ submitted_at }) => submitted_at !== '')
  assert.equal(responses.length, rows.length)
  for (const [index, response] of responses.entries()) {
    const row = rows[index]
    const facts = Object.fromEntries(response.extension.map(({ url, valueString }) => [url.replace('urn:nameting:', ''), valueString]))
    assert.ok(canonicals.includes(response.questionnaire))
    assert.deepEqual(
      {
        ...facts,
        source: response.source.identifier.value,
        authored: response.authored,
        language: response.language,
        status: response.status,
      },
      {
        study: row?.study,
        case: row?.case_code,
        arm: row?.arm,
        cohort: row?.cohort,
        wave: row?.wave,
        'target-date': row?.target_date,
        role: row?.role,
        source: row?.participant,
        authored: row?.submitted_at,
        language: row?.response_language,
        status: 'completed',
      },
    )
    assert.deepEqual(response.subject, { identifier: { system: 'urn:nameting:case', value: row?.case_code } })
    assert.equal(response.meta, undefined)
  }
  const [first, second] = responses.map(({ item }) => item?.[0]?.item ?? [])
  assert.deepEqual(
    first?.map(({ linkId, answer }) => [linkId, answer]),
    [
      ['moved', [{ valueCoding: { code: '1', display: 'Ja' } }]],
      ['moved_on', [{ valueDate: '2026-02-01' }]],
      ['persons', [{ valueInteger: 3 }]],
      ['balance', [{ valueDecimal: -0.98 }]],
      ['support', [{ valueCoding: { code: '1', display: 'Kind 1' } }, { valueCoding: { code: '3', display: 'Kind 3' } }]],
      ['remark', [{ valueString: '=1+1 "zei" zij 👪' }]],
      ['state', undefined],
    ],
  )
  assert.deepEqual(
    second?.filter(({ answer }) => answer).map(({ linkId }) => linkId),
    ['moved'],
    'what was left open has a reason, and what was not asked is not there',
  )
  assert.ok(!second?.some(({ linkId }) => linkId === 'moved_on'))

  const veo = bundleOf(directory, 'responses_veo.fhir.json').responses
  assert.deepEqual(
    veo.map(({ meta }) => meta?.tag[0]?.code),
    ['stand-in'],
  )
  const opinion = bundleOf(directory, 'responses_opinion.fhir.json')
  assert.deepEqual([opinion.questionnaires.length > 0, opinion.responses.length], [true, 0])
  const listed = manifestOf(directory).files.find(({ name }) => name === 'responses_visit.fhir.json')
  assert.deepEqual([listed?.rows, listed?.columns], [2, null])
})

test('bundles keep to the rules of FHIR, and the rules find what does not', async (t) => {
  const visits = await startExportStudy(t)
  await visits.register(entry('a', [parent('Een'), referrer('Twee')]), entry('b'))
  await visits.submit({ code: 'a', instrument: 'visit' }, { moved: 1, moved_on: '2026-02-01', persons: 3, balance: -0.98, support: [1, 3] })
  await visits.submit({ code: 'b', instrument: 'visit' }, { remark: 'één\n👪' })
  await visits.submit({ code: 'a', instrument: 'veo' }, { veo01: 1 })
  for (const options of [[], ['--tier', 'shared', '--purpose', 'a test']]) {
    const { directory } = await visits.export(`out-${options.length}`, '--format', 'fhir', ...options)
    for (const name of ['visit', 'veo', 'opinion']) assertFhirBundle(readFileSync(join(directory, `responses_${name}.fhir.json`), 'utf8'))
  }
  const content = readFileSync(join(visits.folder, 'out-0', 'responses_visit.fhir.json'), 'utf8')
  for (const [what, instead] of [
    ['"status":"completed"', '"status":"done"'],
    ['"authored":"2026-03-02T09:00:00.000Z"', '"authored":"2026-03-02T09:00:00"'],
    ['"valueInteger":3', '"valueInteger":3.5'],
    ['"valueDate":"2026-02-01"', '"valueDate":"1 February"'],
    ['"linkId":"remark"', '"linkId":""'],
    ['"type":"collection"', '"type":"collection","total":2'],
  ] as const) {
    const changed = content.replace(what, instead)
    assert.notEqual(changed, content, what)
    assert.throws(() => assertFhirBundle(changed), what)
  }
})

test('FHIR alone has no tables', async (t) => {
  const visits = await startExportStudy(t)
  const { code, directory } = await visits.export('out', '--format', 'fhir')
  assert.equal(code, 0)
  assert.ok(existsSync(join(directory, 'responses_visit.fhir.json')))
  assert.ok(!existsSync(join(directory, 'wide.csv')))
})

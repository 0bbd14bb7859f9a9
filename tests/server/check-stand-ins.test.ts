import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { asRelease, writeDefinition } from '../harness/definition-folder.ts'

interface Veo {
  version: string
  wording: { status: string }
  respondents: string[]
  survey: { pages: { elements: unknown[] }[] }
  scales: { items: string[]; range: number[] }[]
}

/** A folder with veo@1.0.0, made of the shipped stand-in. */
function ownVeo(t: Parameters<typeof temporaryFolder>[0], change: (veo: Veo) => void = () => {}): string {
  const folder = temporaryFolder(t)
  const veo = asRelease('veo')
  change(veo)
  writeDefinition(folder, 'instruments', veo)
  return folder
}

test('a release that asks and scores as the stand-in does is said to', async (t) => {
  const { code, stdout } = await nameting({}, 'check', ownVeo(t))
  assert.equal(code, 0)
  assert.match(stdout, /\nveo@1\.0\.0 asks and scores as the stand-in veo@0\.1\.0-standin does\. Scales that stay comparable: total\.\n$/)
})

test('what differs is told, is no mistake, and is the same as JSON', async (t) => {
  const folder = ownVeo(t, (veo) => {
    veo.respondents = ['parent', 'youth']
    veo.survey.pages[2]?.elements.pop()
    veo.scales[0]?.items.pop()
    if (veo.scales[0]) veo.scales[0].range = [11, 55]
  })
  const { code, stdout } = await nameting({}, 'check', folder)
  assert.equal(code, 0)
  const told = stdout.slice(stdout.indexOf('veo@1.0.0 beside'))
  assert.equal(
    told,
    [
      'veo@1.0.0 beside the stand-in veo@0.1.0-standin: 4 differences. Scales that stay comparable: none.',
      '  veo@1.0.0 is for parent, youth; veo@0.1.0-standin is for parent',
      '  item veo12 of veo@0.1.0-standin is missing',
      '  scale total: without the items veo12',
      '  scale total: the range is [11,55]; it was [12,60]',
      '',
    ].join('\n'),
  )
  const { comparisons } = JSON.parse((await nameting({ DEFINITIONS_DIR: folder }, 'check', '--json')).stdout)
  assert.equal(comparisons.length, 1)
  assert.deepEqual(comparisons[0].comparable, [])
  assert.deepEqual(
    comparisons[0].differences.map(({ about }: { about: string }) => about),
    ['respondents', 'item', 'scale', 'scale'],
  )
})

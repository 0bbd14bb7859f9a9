import assert from 'node:assert/strict'
import { existsSync, globSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, normalize } from 'node:path'
import { test } from 'node:test'
import { allPages, proseIn, readPage, repository, spansIn } from './pages.ts'

/** The anchor that a heading gets on GitHub. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-')

test('every link from one page to another leads somewhere', () => {
  let links = 0
  for (const { path, text } of allPages()) {
    const targets = [...proseIn(text).matchAll(/\]\(([^)\s]+)\)|\bsrc="([^"]+)"/g)].map(([, link, source]) => link ?? source ?? '')
    for (const target of targets.filter((link) => !/^[a-z]+:/.test(link))) {
      links++
      const [file = '', anchor] = target.split('#')
      const found = file === '' ? path : normalize(join(dirname(path), file))
      assert.ok(existsSync(join(repository, found)), `${path} links to ${target}`)
      if (anchor === undefined) continue
      const headings = [...readPage(found).text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading ?? ''))
      assert.ok(headings.includes(anchor), `${path} links to ${target}, which has no such heading`)
    }
  }
  assert.ok(links > 50)
})

/** A pattern (`ID/VERSION.json`), or a finished version in a study's own folder: ours are stand-ins. */
const isOwn = /\b[A-Z]+\b|\/\d+\.\d+\.\d+\.json$/

test('every file and folder of ours that a page names is there', () => {
  const folders = 'instruments|norms|protocols|server|client|tests|scripts|docs'
  for (const { path, text } of allPages())
    for (const code of spansIn(text)) {
      const named = new RegExp(`^(?:\\./)?((?:${folders})/[\\w@./-]*)$`).exec(code)?.[1]
      if (named !== undefined && !isOwn.test(named)) assert.ok(existsSync(join(repository, named)), `${path} names ${code}`)
    }
})

test('the index of the documentation has every page', () => {
  const index = readPage('docs/README.md').text
  const pages = globSync('**/*.md', { cwd: join(repository, 'docs') }).filter((path) => path !== 'README.md')
  assert.ok(pages.length > 20)
  for (const path of pages) assert.ok(index.includes(`](${path})`), path)
})

test('decisions are numbered without gaps, dated, and say why, what and with which consequences', () => {
  const decisions = allPages().filter(({ path }) => path.startsWith('docs/decisions/'))
  for (const [index, { path, text }] of decisions.entries()) {
    const number = index + 1
    assert.match(path, new RegExp(`/${String(number).padStart(4, '0')}-[a-z0-9-]+\\.md$`))
    assert.match(text, new RegExp(`^# ${number}\\. \\S.*\\n\\n\\d{4}-\\d{2}-\\d{2}\\n\\n\\*\\*Context\\.\\*\\*`), path)
    assert.match(text, /\n\n\*\*Decision\.\*\*[\s\S]*\n\n\*\*Consequences\.\*\*/, path)
    const title = /^# (\d+\. .*)$/m.exec(text)?.[1]?.replace(/^\d+\. /, '')
    assert.ok(readPage('docs/README.md').text.includes(`${number}. [${title}](decisions/`), `${path}: the index has another title`)
  }
})

test('no page names a place on one machine', () => {
  const here = [repository.replace(/\/$/, ''), homedir()].filter((place) => place.length > 1)
  for (const { path, text } of allPages()) {
    for (const place of here) assert.ok(!text.includes(place), `${path} has ${place}`)
    assert.doesNotMatch(text, /(?<![\w.])\/(home|root|tmp|Users|mnt)\//, path)
  }
})

test('addresses of people in examples are at domains that nobody can have', () => {
  for (const { path, text } of allPages())
    for (const [address] of text.matchAll(/[\w.+-]+@[a-z][\w-]*\.[a-z][\w.-]*[a-z]/g))
      assert.match(address, /[@.](example|test)(\.(org|com|net))?$/, `${path}: ${address}`)
})

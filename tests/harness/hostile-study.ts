/** A study in which every text that somebody can fill tries to be more than a text. */
import { join } from 'node:path'
import type { CaseEntry } from '../../server/workflow/check-case.ts'
import { writeDefinition } from './definition-folder.ts'

/** Whatever of these runs calls what is not there, and whatever becomes markup is found by `intruders`. */
export const hostile = [
  `<script>hacked('script')</script>`,
  `"><img src=x onerror="hacked('img')">`,
  `'><svg/onload=hacked('svg')>`,
  `</textarea></title></style></script><iframe srcdoc="<script>parent.hacked('frame')</script>"></iframe>`,
  `<a href="javascript:hacked('link')">hier</a>`,
  `" autofocus onfocus="hacked('focus')" x="`,
  `<math><mtext></form><form><mglyph><style></math><img src=x onerror=hacked('mutation')>`,
  `&lt;img src=x onerror=hacked('entity')&gt;`,
  `&#60;img src=x onerror=hacked('number')&#62;`,
  `<b onmouseover=hacked('hover') style="position:fixed;inset:0">`,
  `javascript:hacked('address')`,
  `--><!--><object data="data:text/html,<script>hacked('object')</script>"></object>`,
  `\\u003cscript>hacked('escape')</script><base href=https://elsewhere.example>`,
  `]]><![CDATA[<form action=https://elsewhere.example><input name=x>`,
  `=HYPERLINK("https://elsewhere.example";"klik")`,
  `#panic("hacked") $x$ *vet* @elders <label> \\include "/etc/hostname"`,
  `@SUM(1+1)*cmd|' /C calc'!A0 %s %n`,
]

/** What only markup of somebody else's would bring into a page. Runs in the page. */
export const intruders = (): string[] =>
  [
    ...document.querySelectorAll(
      '[onerror], [onload], [onfocus], [onmouseover], [autofocus][x], iframe, object, base, math, img[src="x"], a[href^="javascript"], form[action*="elsewhere"], script:not([src]):not([type="application/json"])',
    ),
  ].map((element) => element.outerHTML.slice(0, 200))

let turn = 0
const next = (): string => hostile[turn++ % hostile.length] ?? ''
/** A name has at most 100 characters. */
const names = hostile.filter((text) => text.length <= 100)
const nextName = (): string => names[turn++ % names.length] ?? ''
const both = () => ({ nl: next(), en: next() })
/** A mail with another address or with HTML in it does not pass as a definition; names and the like come into it with both. */
const inMails = hostile.filter((text) => !/\/\/|</.test(text))
const wording = () => ({ status: 'own', holder: next(), source: next() })

const visit = (version: string) => ({
  kind: 'instrument',
  id: 'visit',
  version,
  title: both(),
  measures: both(),
  minutes: 1,
  wording: wording(),
  respondents: ['parent', 'interviewer'],
  survey: {
    title: both(),
    description: both(),
    pages: [
      {
        name: 'only',
        title: both(),
        elements: [
          { type: 'radiogroup', name: 'moved', title: both(), choices: [0, 1].map((value) => ({ value, text: both() })) },
          { type: 'checkbox', name: 'support', title: both(), choices: [1, 2].map((value) => ({ value, text: both() })) },
          { type: 'comment', name: 'remark', title: both(), description: both() },
          { type: 'text', name: 'word', title: both() },
        ],
      },
    ],
  },
  scales: [
    {
      id: 'moves',
      title: both(),
      items: ['moved'],
      method: 'value',
      itemRange: [0, 1],
      missing: { allowed: 0, prorate: false },
      range: [0, 1],
      worse: null,
    },
  ],
})

export const hostileProtocol = {
  kind: 'protocol',
  id: 'hostile',
  version: '1.0.0',
  title: both(),
  source: next(),
  timeZone: 'Europe/Amsterdam',
  languages: ['nl', 'en'],
  arms: { all: { title: both() } },
  cohorts: { now: { title: both() } },
  roles: { parent: { title: both(), introduction: both() }, interviewer: { title: both(), introduction: both() } },
  anchors: { visit: { title: both() } },
  waves: [{ id: 'T0', title: both(), anchors: ['visit'], offset: {}, window: { opens: 0, closes: 30 } }],
  schedule: [
    { instrument: 'visit@1.0.0', role: 'parent', waves: ['T0'] },
    { instrument: 'visit@1.0.0', role: 'interviewer', waves: ['T0'] },
  ],
  norms: [],
  consents: [],
  messages: {
    hour: '09:00',
    invitation: {
      subject: { nl: inMails[0], en: inMails[1] },
      body: { nl: `${inMails.join('\n')}\n{link}`, en: `${inMails.join('\n')} {link}` },
    },
    reminders: [],
  },
  report: {
    groups: { everybody: { title: both(), arms: ['all'] } },
    sections: [
      {
        id: 'only',
        // What sets the PDF would stop at it.
        title: { nl: hostile[15], en: hostile[15] },
        tables: [
          {
            id: '1.1',
            title: both(),
            of: { instruments: ['visit'], wave: 'T0' },
            unit: 'case',
            columns: [{ title: both(), of: { group: 'everybody' } }],
            statistics: ['n', 'mean'],
            rows: [{ heading: both() }, { describe: { scale: 'moves' }, title: both() }],
          },
          {
            id: '1.2',
            title: both(),
            of: { instruments: ['visit'], wave: 'T0' },
            unit: 'case',
            columns: [{ title: both(), of: { group: 'everybody' } }],
            rows: [{ count: { item: 'moved' } }],
          },
        ],
      },
    ],
  },
}

/** Writes its definitions below `folder`: a DEFINITIONS_DIR. */
export function writeHostileDefinitions(folder: string): string {
  const definitions = join(folder, 'definitions')
  for (const version of ['1.0.0', '1.1.0']) writeDefinition(definitions, 'instruments', visit(version))
  writeDefinition(definitions, 'protocols', hostileProtocol)
  return definitions
}

/** What the study is opened with. */
export const hostileStudy = { protocol: 'hostile@1.0.0', title: next(), organisation: next(), helpLine: next() }

export const hostileCase = (code: string): CaseEntry => ({
  code,
  arm: 'all',
  cohort: 'now',
  region: hostile[1],
  anchors: { visit: '2026-03-01' },
  participants: [1, 2].map((place) => ({
    role: 'parent',
    name: nextName(),
    email: `ouder${place}-${code}@voorbeeld.example`,
    language: 'nl',
  })),
})

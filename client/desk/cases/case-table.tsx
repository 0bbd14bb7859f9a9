import type { CaseSummary, Study } from '../api.ts'
import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { useStudy } from '../shell/study.tsx'
import { TitleOf } from '../shell/title-of.tsx'
import { Marks } from './marks.tsx'
import { stateLabels } from './state-labels.ts'

/** What happens next, by how a case stands. */
const turns = { answering: 'nextCloses', waiting: 'nextOpens', ended: 'nextCloses' } as const

export function CaseTable({ cases, study }: { cases: CaseSummary[]; study: Study }) {
  const { say, date, lastDay } = useDesk()
  const { at } = useStudy()
  return (
    <table className="cases">
      <caption className="visually-hidden">{say('casesTitle')}</caption>
      <thead>
        <tr>
          <th scope="col">{say('caseCode')}</th>
          <th scope="col" className="wide-only">
            {say('casesArm')}
          </th>
          <th scope="col" className="wide-only">
            {say('casesRegion')}
          </th>
          <th scope="col" className="wide-only">
            {say('casesNext')}
          </th>
          <th scope="col" className="wide-only">
            {say('casesLast')}
          </th>
          {study.waves.map(({ id }) => (
            <th scope="col" key={id}>
              {id}
            </th>
          ))}
          <th scope="col">{say('casesState')}</th>
        </tr>
      </thead>
      <tbody>
        {cases.map(({ code, arm, region, marks, state, mistaken, nextAt, lastAt, missingAnchors }) => (
          <tr key={code}>
            <th scope="row">
              <Link href={at(`/cases/${encodeURIComponent(code)}`)}>{code}</Link>
            </th>
            <td className="wide-only">
              <TitleOf list={study.arms} id={arm} />
            </td>
            <td className="wide-only">{region}</td>
            <td className="wide-only">
              {nextAt === null ? (
                <span className="quiet">{missingAnchors.length > 0 ? say('casesNextUndated') : say('casesNextNone')}</span>
              ) : (
                say(turns[state], { day: state === 'waiting' ? date(nextAt) : lastDay(nextAt) })
              )}
            </td>
            <td className="wide-only">{date(lastAt)}</td>
            {study.waves.map(({ id }) => (
              <td key={id}>
                <Marks lists={marks.filter(({ wave }) => wave === id)} />
              </td>
            ))}
            <td>
              <span className={`state state-${state}`}>{say(mistaken ? 'familyMistake' : stateLabels[state])}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

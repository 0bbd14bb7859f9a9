import { wordsIn } from '../../ui/words.ts'
import type { Study } from '../api.ts'
import { searchOf } from '../cases/api.ts'
import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { useStudy } from '../shell/study.tsx'
import { TitleOf, titleOf } from '../shell/title-of.tsx'
import { useNarrow } from '../shell/use-narrow.ts'
import type { Flow, Group } from './api.ts'
import { FigureLink } from './figure-link.tsx'
import { FlowFigure, flowParts } from './flow-figure.tsx'
import { FlowCards, FlowTable } from './flow-numbers.tsx'

const flowRegistered = { key: 'registered', label: 'flowRegistered', choice: {} } as const
const flowMistakes = { key: 'mistakes', label: 'flowMistakes', choice: { family: 'mistake' } } as const

/** The flow of families as a picture, its numbers in a table, and why families stopped. */
export function FlowOfFamilies({ flow, study, group }: { flow: Flow; study: Study; group: Group }) {
  const { say, count, language } = useDesk()
  const { at } = useStudy()
  const isNarrow = useNarrow()
  // Those that do not belong stand beside their group: in a trial a lot was drawn for them.
  const parts = [flowRegistered, ...flowParts, ...(flow.all.mistakes > 0 ? [flowMistakes] : [])]
  const rows = [{ key: 'all', title: say('flowAll'), choice: group, counts: flow.all }, ...flow.groups.map((one) => ofGroup(one))]
  function ofGroup({ cohort, arm, ...counts }: Flow['groups'][number]) {
    const titles = [titleOf(study.arms, arm), ...(study.cohorts.length > 1 ? [titleOf(study.cohorts, cohort)] : [])]
    return {
      key: `${cohort} ${arm}`,
      title: titles.map((title) => wordsIn(title, language).text).join(', '),
      choice: { ...group, cohort, arm },
      counts,
    }
  }
  return (
    <section className="section" aria-labelledby="flow">
      <h2 id="flow">{say('flowTitle')}</h2>
      <p>{say('flowLead', { role: wordsIn(titleOf(study.roles, flow.role), language).text })}</p>
      <FlowFigure all={flow.all} group={group} />
      {isNarrow ? <FlowCards rows={rows} parts={parts} /> : <FlowTable rows={rows} parts={parts} />}
      {flow.all.mistakes > 0 && (
        <p>
          {count('flowMistakesNote', flow.all.mistakes)}{' '}
          <Link href={at(`/cases${searchOf({ ...group, family: 'mistake' })}`)}>{say('flowMistakesShow')}</Link>
        </p>
      )}
      <Reasons flow={flow} study={study} group={group} />
    </section>
  )
}

function Reasons({ flow, study, group }: { flow: Flow; study: Study; group: Group }) {
  const { say } = useDesk()
  const lists = flow.waves.flatMap(({ wave, reasons }) => reasons.map((one) => ({ ...one, wave })))
  if (flow.reasons.length + lists.length === 0) return <p className="quiet">{say('responseReasonsNone')}</p>
  return (
    <table>
      <caption>{say('responseReasons')}</caption>
      <thead>
        <tr>
          <th scope="col">{say('responseReasonOf')}</th>
          <th scope="col">{say('responseReason')}</th>
          <th scope="col" className="numeric">
            {say('responseReasonFamilies')}
          </th>
        </tr>
      </thead>
      <tbody>
        {flow.reasons.map(({ family, reason, cases }) => (
          <tr key={`${family} ${reason}`}>
            <td>{family === 'refused' ? say('flowRefused') : say('flowWithdrew')}</td>
            <td>{reason === null ? say('responseReasonUnknown') : <TitleOf list={study.reasons} id={reason} />}</td>
            <td className="numeric">{cases}</td>
          </tr>
        ))}
        {lists.map(({ wave, reason, cases }) => (
          <tr key={`${wave} ${reason}`}>
            <td>
              {say('responseCalledOff')}, {wave}
            </td>
            <td>
              <TitleOf list={study.reasons} id={reason} />
            </td>
            <td className="numeric">
              <FigureLink cases={cases} choice={{ ...group, wave, role: flow.role, list: '*', figure: 'called off', reason }} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

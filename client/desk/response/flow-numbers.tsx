import { useId } from 'react'
import type { CaseChoice } from '../cases/api.ts'
import { useDesk } from '../shell/language.tsx'
import { Scrolling } from '../shell/scrolling.tsx'
import type { Flow } from './api.ts'
import { FigureLink } from './figure-link.tsx'

interface FlowNumbersProps {
  rows: { key: string; title: string; choice: CaseChoice; counts: Flow['all'] }[]
  parts: {
    key: keyof Flow['all']
    label: `flow${'Registered' | 'Refused' | 'Withdrew' | 'Nobody' | 'Going' | 'Complete' | 'Mistakes'}`
    choice: CaseChoice
  }[]
}

type Cell = { counts: Flow['all']; part: FlowNumbersProps['parts'][number]; choice: CaseChoice }

/** No choice of families is those under way. */
const Figure = ({ counts, part, choice }: Cell) =>
  part.key === 'going' ? counts.going : <FigureLink cases={counts[part.key]} choice={{ ...choice, ...part.choice }} />

/** What became of the families of each group, a row for each. */
export function FlowTable({ rows, parts }: FlowNumbersProps) {
  const { say } = useDesk()
  return (
    <Scrolling label={say('flowTable')}>
      <table>
        <caption>{say('flowTable')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('flowGroup')}</th>
            {parts.map(({ key, label }) => (
              <th scope="col" key={key} className="numeric">
                {say(label)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, title, choice, counts }) => (
            <tr key={key}>
              <th scope="row">{title}</th>
              {parts.map((part) => (
                <td key={part.key} className="numeric">
                  <Figure counts={counts} part={part} choice={choice} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  )
}

/** The same numbers below each other: on a phone nothing has to be scrolled to beside the screen. */
export function FlowCards({ rows, parts }: FlowNumbersProps) {
  const { say } = useDesk()
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{say('flowTable')}</h3>
      {rows.map(({ key, title, choice, counts }) => (
        <section key={key} className="card response-card">
          <h4>{title}</h4>
          <dl className="response-figures">
            {parts.map((part) => (
              <div key={part.key}>
                <dt>{say(part.label)}</dt>
                <dd>
                  <Figure counts={counts} part={part} choice={choice} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </section>
  )
}

import { useId } from 'react'
import type { Study } from '../api.ts'
import type { CaseChoice } from '../cases/api.ts'
import { useDesk } from '../shell/language.tsx'
import { TitleOf } from '../shell/title-of.tsx'
import type { Group, ResponseCell } from './api.ts'
import { FigureLink } from './figure-link.tsx'
import { columns, hasMail, isPlanned, type ResponseRow, rests } from './figures-of-row.ts'
import { Share } from './share.tsx'

interface ResponseCardsProps {
  title: string
  note?: string
  rows: ResponseRow[]
  study: Study
  group: Group
}

/** The same figures as the table, below each other, wave by wave: on a phone nothing has to be scrolled to beside the screen. */
export function ResponseCards({ title, note, rows, study, group }: ResponseCardsProps) {
  const id = useId()
  return (
    <section className="section" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {note && <p className="quiet">{note}</p>}
      {rows.map(({ role, instrument, waves }) => {
        const cells = waves.filter((cell) => cell !== null).filter(isPlanned)
        if (cells.length === 0) return null
        return (
          <section key={`${role} ${instrument}`} className="card response-card">
            <h3>
              {instrument && <TitleOf list={study.instruments} id={instrument} />}
              <span className={instrument ? 'quiet said' : 'said'}>
                <TitleOf list={study.roles} id={role} />
              </span>
            </h3>
            {cells.map((cell) => (
              <Wave
                key={cell.wave}
                cell={cell}
                isMailed={hasMail(study, role)}
                choice={{ ...group, wave: cell.wave, role, list: instrument ?? '*' }}
              />
            ))}
          </section>
        )
      })}
    </section>
  )
}

/** What became of one wave: how many answered, and behind it the rest. Of what is over or to come only what there is any of. */
function Wave({ cell, isMailed, choice }: { cell: ResponseCell; isMailed: boolean; choice: CaseChoice }) {
  const { say } = useDesk()
  const further = rests.filter(({ of }) => cell[of] > 0)
  return (
    <details>
      <summary>
        <strong>{cell.wave}</strong> <Share completed={cell.completed} asked={cell.asked} />
      </summary>
      <dl className="response-figures">
        {columns
          .filter(({ figure }) => isMailed || (figure !== 'sent' && figure !== 'opened'))
          .map(({ figure, label }) => (
            <div key={figure}>
              <dt>{say(label)}</dt>
              <dd>
                <FigureLink cases={cell[figure]} choice={{ ...choice, figure }} />
                {figure === 'sent' && cell.byHand > 0 && (
                  <span className="said quiet">
                    <FigureLink cases={cell.byHand} choice={{ ...choice, figure: 'by hand' }} /> {say('responseByHand')}
                  </span>
                )}
              </dd>
            </div>
          ))}
        {further.map(({ figure, of, label }) => (
          <div key={figure} className="quiet">
            <dt>{say(label)}</dt>
            <dd>
              <FigureLink cases={cell[of]} choice={{ ...choice, figure }} />
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

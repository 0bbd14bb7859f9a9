import type { ReactNode } from 'react'
import { wordsIn } from '../../ui/words.ts'
import type { Study } from '../api.ts'
import type { CaseChoice } from '../cases/api.ts'
import { useDesk } from '../shell/language.tsx'
import { Scrolling } from '../shell/scrolling.tsx'
import { TitleOf, titleOf } from '../shell/title-of.tsx'
import { useNarrow } from '../shell/use-narrow.ts'
import type { Group, ResponseCell } from './api.ts'
import { FigureLink } from './figure-link.tsx'
import { columns, hasMail, isPlanned, type ResponseRow, rests } from './figures-of-row.ts'
import { ResponseCards } from './response-cards.tsx'
import { Share } from './share.tsx'

interface ResponseRowsProps {
  title: string
  note?: string
  rows: ResponseRow[]
  study: Study
  group: Group
}

/** How far they came, of how many: one row for each wave of each list, or of each role; where these do not fit, a card for each list. */
export function ResponseRows({ title, note, rows, study, group }: ResponseRowsProps) {
  const { say, language } = useDesk()
  const isNarrow = useNarrow()
  const caption = note ? `${title}. ${note}` : title
  const unused = rows
    .filter(({ waves }) => !waves.some((cell) => cell !== null && isPlanned(cell)))
    .map(({ role, instrument }) => wordsIn(instrument ? titleOf(study.instruments, instrument) : titleOf(study.roles, role), language).text)
  const nothing = unused.length > 0 && <p className="quiet">{say('responseUnused', { what: unused.join(', ') })}</p>
  if (isNarrow)
    return (
      <>
        <ResponseCards title={title} {...(note !== undefined && { note })} rows={rows} study={study} group={group} />
        {nothing}
      </>
    )
  return (
    <Scrolling label={caption}>
      <table className="funnel">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{say('responseList')}</th>
            <th scope="col">{say('responseWave')}</th>
            {columns.map(({ figure, label }) => (
              <th scope="col" key={figure} className="numeric">
                {say(label)}
              </th>
            ))}
            {rests.map(({ figure, label }) => (
              <th scope="col" key={figure} className="numeric quiet">
                {say(label)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.flatMap(({ role, instrument, waves }) => {
            const cells = waves.filter((cell) => cell !== null && isPlanned(cell))
            return cells.map((cell, index) => (
              <Row
                key={`${role} ${instrument} ${cell?.wave}`}
                title={
                  index === 0 && (
                    <th scope="rowgroup" rowSpan={cells.length}>
                      {instrument && <TitleOf list={study.instruments} id={instrument} />}
                      <span className={instrument ? 'quiet said' : 'said'}>
                        <TitleOf list={study.roles} id={role} />
                      </span>
                    </th>
                  )
                }
                cell={cell as ResponseCell}
                isMailed={hasMail(study, role)}
                choice={{ ...group, wave: cell?.wave ?? '', role, list: instrument ?? '*' }}
              />
            ))
          })}
        </tbody>
      </table>
      {nothing}
    </Scrolling>
  )
}

function Row({ title, cell, isMailed, choice }: { title: ReactNode; cell: ResponseCell; isMailed: boolean; choice: CaseChoice }) {
  const { say } = useDesk()
  return (
    <tr>
      {title}
      <th scope="row">{cell.wave}</th>
      {columns.map(({ figure }) => (
        <td key={figure} className="numeric">
          {!isMailed && (figure === 'sent' || figure === 'opened') ? (
            <span className="quiet">{say('responseNoMail')}</span>
          ) : (
            <FigureLink cases={cell[figure]} choice={{ ...choice, figure }} />
          )}
          {figure === 'sent' && cell.byHand > 0 && (
            <span className="said said-wraps quiet">
              <FigureLink cases={cell.byHand} choice={{ ...choice, figure: 'by hand' }} /> {say('responseByHand')}
            </span>
          )}
          {figure === 'completed' && <Share completed={cell.completed} asked={cell.asked} />}
        </td>
      ))}
      {rests.map(({ figure, of }) => (
        <td key={figure} className="numeric quiet">
          <FigureLink cases={cell[of]} choice={{ ...choice, figure }} />
        </td>
      ))}
    </tr>
  )
}

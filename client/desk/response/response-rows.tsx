import type { ReactNode } from 'react'
import { wordsIn } from '../../ui/words.ts'
import type { Study } from '../api.ts'
import type { CaseChoice } from '../cases/api.ts'
import { useDesk } from '../shell/language.tsx'
import { Scrolling } from '../shell/scrolling.tsx'
import { TitleOf, titleOf } from '../shell/title-of.tsx'
import type { Group, ResponseCell } from './api.ts'
import { FigureLink } from './figure-link.tsx'

interface ResponseRowsProps {
  caption: string
  rows: { role: string; instrument?: string; waves: (ResponseCell | null)[] }[]
  study: Study
  group: Group
}

/** How far they came, of how many: one row for each wave of each list, or of each role. */
export function ResponseRows({ caption, rows, study, group }: ResponseRowsProps) {
  const { say, language } = useDesk()
  const unused = rows
    .filter(({ waves }) => !waves.some((cell) => cell !== null && isPlanned(cell)))
    .map(({ role, instrument }) => wordsIn(instrument ? titleOf(study.instruments, instrument) : titleOf(study.roles, role), language).text)
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
                hasMail={study.roles.find(({ id }) => id === role)?.mail ?? true}
                choice={{ ...group, wave: cell?.wave ?? '', role, list: instrument ?? '*' }}
              />
            ))
          })}
        </tbody>
      </table>
      {unused.length > 0 && <p className="quiet">{say('responseUnused', { what: unused.join(', ') })}</p>}
    </Scrolling>
  )
}

/** Whether any family was, is or will be asked. */
const isPlanned = ({ asked, ahead, calledOff, dropped }: ResponseCell): boolean => asked + ahead + calledOff + dropped > 0

/** What it is about first: on a phone the rest has to be scrolled to. */
const columns = [
  { figure: 'completed', label: 'responseCompleted' },
  { figure: 'asked', label: 'responseAsked' },
  { figure: 'sent', label: 'responseSent' },
  { figure: 'opened', label: 'responseOpened' },
  { figure: 'started', label: 'responseStarted' },
] as const
const rests = [
  { figure: 'open', of: 'open', label: 'responseStillOpen' },
  { figure: 'expired', of: 'expired', label: 'responseExpired' },
  { figure: 'called off', of: 'calledOff', label: 'responseCalledOff' },
  { figure: 'dropped', of: 'dropped', label: 'responseDropped' },
  { figure: 'ahead', of: 'ahead', label: 'responseAhead' },
] as const

function Row({ title, cell, hasMail, choice }: { title: ReactNode; cell: ResponseCell; hasMail: boolean; choice: CaseChoice }) {
  const { say } = useDesk()
  return (
    <tr>
      {title}
      <th scope="row">{cell.wave}</th>
      {columns.map(({ figure }) => (
        <td key={figure} className="numeric">
          {!hasMail && (figure === 'sent' || figure === 'opened') ? (
            <span className="quiet">{say('responseNoMail')}</span>
          ) : (
            <FigureLink cases={cell[figure]} choice={{ ...choice, figure }} />
          )}
          {figure === 'sent' && cell.byHand > 0 && (
            <span className="said quiet">
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

/** Of those who were asked: the denominator is named. */
function Share({ completed, asked }: { completed: number; asked: number }) {
  const { say, number } = useDesk()
  if (asked === 0) return <span className="said quiet">{say('responseNobodyAsked')}</span>
  return (
    <span className="said quiet">
      {say('responseOfAsked', { share: number(Math.round((completed / asked) * 100)), asked })}
      <svg className="response-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect className="response-all" width="100" height="6" />
        <rect className="response-done" width={(completed / asked) * 100} height="6" />
      </svg>
    </span>
  )
}

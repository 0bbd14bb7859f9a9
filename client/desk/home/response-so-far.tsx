import { wordsIn } from '../../ui/words.ts'
import type { ResponseRow, Study } from '../api.ts'
import { Text, useDesk } from '../shell/language.tsx'
import { TitleOf, titleOf } from '../shell/title-of.tsx'

interface ResponseSoFarProps {
  table: { cases: number; rows: ResponseRow[] }
  study: Study
}

/** Per list, role and wave: in how many families it was filled in, of all there are. */
export function ResponseSoFar({ table, study }: ResponseSoFarProps) {
  const { say } = useDesk()
  return (
    <table className="response">
      <caption>
        {say('responseCaption', { cases: table.cases })} {say('responseSource')}
      </caption>
      <thead>
        <tr>
          <th scope="col">{say('responseList')}</th>
          {study.waves.map(({ id, title }) => (
            <th scope="col" key={id}>
              {id}
              <span className="wide-only quiet">
                <Text of={title} />
              </span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row) => (
          <tr key={`${row.instrument} ${row.role}`}>
            <th scope="row">
              <ListName title={titleOf(study.instruments, row.instrument)} />
              <span className="quiet">
                <TitleOf list={study.roles} id={row.role} />
              </span>
            </th>
            {row.waves.map((cell, index) => (
              <td key={study.waves[index]?.id}>
                {cell ? (
                  <Cell completed={cell.completed} open={cell.open} cases={table.cases} />
                ) : (
                  <span className="visually-hidden">{say('responseNotAsked')}</span>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Cell({ completed, open, cases }: { completed: number; open: number; cases: number }) {
  const { say, number } = useDesk()
  const share = cases === 0 ? 0 : completed / cases
  return (
    <>
      <span className="response-count">{completed}</span> <span className="quiet">{number(Math.round(share * 100))}%</span>
      <svg className="response-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect className="response-all" width="100" height="6" />
        <rect className="response-done" width={share * 100} height="6" />
      </svg>
      {open > 0 && <span className="response-open">{say('responseOpen', { count: open })}</span>}
    </>
  )
}

/** On a small screen the part before the colon has to do. */
function ListName({ title }: { title: ReturnType<typeof titleOf> }) {
  const { language } = useDesk()
  const words = wordsIn(title, language)
  const [short, ...rest] = words.text.split(':')
  return (
    <span lang={words.language}>
      {short}
      {rest.length > 0 && <span className="wide-only">:{rest.join(':')}</span>}
    </span>
  )
}

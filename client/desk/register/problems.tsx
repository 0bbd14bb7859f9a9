import { useDesk } from '../shell/language.tsx'
import type { Problem } from './api.ts'
import { faultSentences } from './fault-texts.ts'

/** What is wrong with a file, line by line. */
export function Problems({ problems, total }: { problems: Problem[]; total: number }) {
  const desk = useDesk()
  const { say, count } = desk
  return (
    <section className="section">
      <h2>{count('importWrongTitle', total)}</h2>
      <p>{say('importWrong')}</p>
      {total > problems.length && <p>{say('importFirst', { count: problems.length })}</p>}
      <table>
        <thead>
          <tr>
            <th scope="col">{say('importLine')}</th>
            <th scope="col">{say('importColumn')}</th>
            <th scope="col">{say('importWhat')}</th>
          </tr>
        </thead>
        <tbody>
          {problems.map(({ line, column, reason, ...problem }) => (
            <tr key={`${line} ${column} ${reason}`}>
              <td className="numeric">{line}</td>
              <td>
                <code>{column}</code>
              </td>
              <td>{faultSentences(desk, problem).join(' ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

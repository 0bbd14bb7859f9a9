import { useDesk } from '../shell/language.tsx'
import type * as api from './api.ts'
import { shownAnswer } from './read-value.ts'

/** What follows from a change: values, scores, and the plan of the family. */
export function Outcome({ tried, answers }: { tried: api.Changed; answers: api.ListAnswers }) {
  const { say, language, number } = useDesk()
  const { items, scores, plan } = tried
  const value = (item: string) =>
    answers.groups.find((one) => one.item === item) ?? answers.values.find((one) => one.item === item) ?? { choices: [] }
  const score = (one: { raw: number | null; z: number | null } | null) =>
    one?.raw === null || one === null ? '–' : `${number(one.raw)}${one.z === null ? '' : ` (${say('scoreZ')} ${number(one.z, 2)})`}`
  const all = plan ? [plan.add, plan.move, plan.cancel] : []
  const [lists, mails] = [all.reduce((sum, one) => sum + one.assignments, 0), all.reduce((sum, one) => sum + one.messages, 0)]
  return (
    <div className="alert" role="status">
      <p>
        <strong>{say('changeValues')}</strong>
      </p>
      <ul className="dots">
        {items.map(({ item, before, after }) => (
          <li key={item}>
            <code>{item}</code>{' '}
            {say('fromTo', {
              before: shownAnswer(value(item), before, language) || say('valueNone'),
              after: shownAnswer(value(item), after, language) || say('valueNone'),
            })}
          </li>
        ))}
      </ul>
      {scores.length === 0 ? (
        <p>{say('changeScoresNone')}</p>
      ) : (
        <>
          <p>
            <strong>{say('changeScores')}</strong>
          </p>
          <ul className="dots">
            {scores.map(({ scale, before, after }) => (
              <li key={scale}>
                <code>{scale}</code> {say('fromTo', { before: score(before), after: score(after) })}
              </li>
            ))}
          </ul>
        </>
      )}
      {lists + mails > 0 && <p>{say('changePlan', { lists, mails })}</p>}
    </div>
  )
}

import { useDesk } from '../shell/language.tsx'
import { Scrolling } from '../shell/scrolling.tsx'
import type { RescorePreview } from './api.ts'

/** What other norms would change: how many scores of which list get another z and another band. */
export function RescoringShown({ preview: { looked, responses, scores, bands, adopts, lines } }: { preview: RescorePreview }) {
  const { say, number } = useDesk()
  const counts = { looked: number(looked), responses: number(responses), scores: number(scores), bands: number(bands) }
  return (
    <div role="status">
      <p>
        {scores > 0 ? say('rescoreCounts', counts) : say('rescoreNothing', counts)} {adopts.length > 0 && say('rescoreNew')}
      </p>
      {lines.length > 0 && (
        <Scrolling label={say('rescoreTitle')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{say('defList')}</th>
                <th scope="col">{say('rescoreScale')}</th>
                <th scope="col">{say('protocolWave')}</th>
                <th scope="col">{say('rescoreFrom')}</th>
                <th scope="col">{say('rescoreTo')}</th>
                <th scope="col" className="numeric">
                  {say('rescoreScores')}
                </th>
                <th scope="col" className="numeric">
                  {say('rescoreZ')}
                </th>
                <th scope="col" className="numeric">
                  {say('rescoreBands')}
                </th>
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <tr key={JSON.stringify([line.instrument, line.scale, line.wave, line.from, line.to])}>
                  <th scope="row">
                    <code>{line.instrument}</code>
                  </th>
                  <td>{line.scale}</td>
                  <td>{line.wave}</td>
                  <td>{line.from === null ? say('rescoreNone') : <code>{line.from}</code>}</td>
                  <td>{line.to === null ? say('rescoreNone') : <code>{line.to}</code>}</td>
                  <td className="numeric">{number(line.scores)}</td>
                  <td className="numeric">{number(line.z)}</td>
                  <td className="numeric">{number(line.bands)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scrolling>
      )}
    </div>
  )
}

import { Text, useDesk } from '../shell/language.tsx'
import type { ScaleView } from './api.ts'

const methods = {
  sum: 'defMethodSum',
  mean: 'defMethodMean',
  count: 'defMethodCount',
  categories: 'defMethodCategories',
  value: 'defMethodValue',
  records: 'defMethodRecords',
  duration: 'defMethodDuration',
  share: 'defMethodShare',
  cost: 'defMethodCost',
} as const

/** The scales of an instrument with their keys: which questions, which of them reversed, how many may be open. */
export function Scales({ scales }: { scales: ScaleView[] }) {
  const { say } = useDesk()
  if (scales.length === 0) return <p className="alert">{say('defScalesNone')}</p>
  return (
    <ul className="definition-cards">
      {scales.map((scale) => (
        <li className="card" key={scale.id}>
          <Scale scale={scale} />
        </li>
      ))}
    </ul>
  )
}

function Scale({ scale }: { scale: ScaleView }) {
  const { say, number } = useDesk()
  const reversed = 'reverse' in scale ? scale.reverse : []
  const { allowed } = scale.missing
  return (
    <>
      <h2>
        <Text of={scale.title} /> <code className="quiet">{scale.id}</code>
      </h2>
      <dl className="facts facts-small">
        <div>
          <dt>{say('defMethod')}</dt>
          <dd>{say(methods[scale.method])}</dd>
        </div>
        <div>
          <dt>{say('defRange')}</dt>
          <dd>
            {number(scale.range[0])} – {number(scale.range[1])}
          </dd>
        </div>
        <div>
          <dt>{say('defWorse')}</dt>
          <dd>{say(scale.worse === 'high' ? 'defWorseHigh' : scale.worse === 'low' ? 'defWorseLow' : 'defWorseNone')}</dd>
        </div>
        <div>
          <dt>{say('defMissing')}</dt>
          <dd>
            {allowed === 0
              ? say('defMissingNone')
              : say(scale.missing.prorate ? 'defMissingProrated' : 'defMissingAllowed', { count: allowed })}
          </dd>
        </div>
      </dl>
      <h3>
        {say('defItemNames')}
        {'itemRange' in scale && (
          <span className="quiet"> ({say('defItemRange', { from: scale.itemRange[0], to: scale.itemRange[1] })})</span>
        )}
      </h3>
      <ul className="item-names">
        {scale.items.map((item) => (
          <li key={item}>
            <code>{item}</code>
            {reversed.includes(item) && <span className="tag">{say('defReversed')}</span>}
          </li>
        ))}
      </ul>
    </>
  )
}

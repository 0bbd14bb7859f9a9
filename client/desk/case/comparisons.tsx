import type { CaseFile } from '../api.ts'
import { Text, useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { useStudy } from '../shell/study.tsx'

type Comparison = NonNullable<CaseFile['comparedWith']>

/** Of a shadow case its index case, of an index case its shadow cases, and which criteria are met. Nothing for other cases. */
export function Comparisons({ file: { comparedWith, shadows } }: { file: CaseFile }) {
  const { say } = useDesk()
  if (!comparedWith && shadows.length === 0) return null
  return (
    <section className="section" aria-labelledby="comparisons">
      <h2 id="comparisons">{say('comparisonTitle')}</h2>
      <ul className="people">
        {comparedWith && <Compared label={say('comparedWith')} comparison={comparedWith} />}
        {shadows.map((shadow) => (
          <Compared key={shadow.code} label={say('shadowOf')} comparison={shadow} />
        ))}
      </ul>
    </section>
  )
}

function Compared({ label, comparison: { code, criteria } }: { label: string; comparison: Comparison }) {
  const { say } = useDesk()
  const { at } = useStudy()
  return (
    <li className="card">
      <h3>
        {label} {code === null ? say('comparedElsewhere') : <Link href={at(`/cases/${encodeURIComponent(code)}`)}>{code}</Link>}
      </h3>
      <dl className="facts facts-small">
        {criteria.map(({ criterion, title, met, note }) => (
          <div key={criterion}>
            <dt>{title ? <Text of={title} /> : criterion}</dt>
            <dd>
              {say(met === null ? 'criterionNotRecorded' : met ? 'criterionMet' : 'criterionNotMet')}
              {note && <span className="quiet"> ({note})</span>}
            </dd>
          </div>
        ))}
      </dl>
    </li>
  )
}

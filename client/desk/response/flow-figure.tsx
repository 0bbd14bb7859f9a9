import type { CaseChoice } from '../cases/api.ts'
import { searchOf } from '../cases/api.ts'
import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { useStudy } from '../shell/study.tsx'
import type { Flow, Group } from './api.ts'
import { outline, streams } from './flow-shapes.ts'

const size = { width: 640, height: 240, bar: 18, right: 400, gap: 26, top: 12 }

export const flowParts = [
  { key: 'refused', label: 'flowRefused', choice: { family: 'refused' } },
  { key: 'withdrew', label: 'flowWithdrew', choice: { family: 'withdrew' } },
  { key: 'nobody', label: 'flowNobody', choice: { family: 'nobody' } },
  { key: 'going', label: 'flowGoing', choice: { family: 'active' } },
  { key: 'complete', label: 'flowComplete', choice: { family: 'active', state: 'ended' } },
] as const satisfies { key: keyof Flow['all']; label: string; choice: CaseChoice }[]

/** From all who came in to what became of them; a label opens the families. */
export function FlowFigure({ all, group }: { all: Flow['all']; group: Group }) {
  const { say } = useDesk()
  const { at } = useStudy()
  const drawn = streams(
    flowParts.map(({ key }) => ({ key, cases: all[key] })),
    size.height,
    size.gap,
  )
  return (
    <div className="flow-figure">
      <svg viewBox={`0 0 ${size.right} ${size.height + 2 * size.top}`} role="img" aria-label={say('flowFigure', { ...all })}>
        <g transform={`translate(0 ${size.top})`}>
          {drawn.map((stream) => (
            <path key={stream.key} className={`stream stream-${stream.key}`} d={outline(stream, size.bar, size.right - size.bar)} />
          ))}
          {drawn[0] && (
            <rect className="flow-bar" width={size.bar} y={drawn[0].from} height={drawn.reduce((sum, { thick }) => sum + thick, 0)} />
          )}
          {drawn.map(({ key, to, thick }) => (
            <rect key={key} className={`flow-end stream-${key}`} x={size.right - size.bar} width={size.bar} y={to} height={thick} />
          ))}
        </g>
      </svg>
      <ul className="flow-labels">
        {flowParts
          .filter(({ key }) => all[key] > 0)
          .map(({ key, label, choice }) => (
            <li key={key} className={`flow-label flow-label-${key}`}>
              <Link href={at(`/cases${searchOf({ ...group, ...choice })}`)}>
                {say(label)}: {all[key]}
              </Link>
            </li>
          ))}
      </ul>
    </div>
  )
}

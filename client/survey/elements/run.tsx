/**
 * Statements with the same choices. One markup for every screen, and survey.css decides: one statement at a time, a list, or a
 * grid with the choices as columns. In each of them a statement is a group of radio buttons of its own, named by its words.
 */
import { Said } from '../../ui/said.tsx'
import type { ItemProps } from '../element-props.ts'
import { renderers } from '../renderers.ts'
import { currentOf, type Shown } from '../run-steps.ts'
import type { RunView } from '../runs.ts'
import type { ItemView } from '../view.ts'
import { layoutOf } from './layout.ts'
import { Sealed } from './sealed.tsx'

interface RunProps extends Omit<ItemProps, 'item'> {
  run: RunView
  shown: Shown
}

export function Run({ run, shown, ...shared }: RunProps) {
  const now = currentOf(run, shown)
  const choices = run.items[0]?.choices ?? []
  const layout = layoutOf(choices)
  return (
    <div className={layout === 'column' ? 'run' : `run run-grid run-${layout}`}>
      {layout !== 'column' && <Heads choices={choices} language={shared.words.language} />}
      {run.items.map((item) => {
        const Renderer = item.earlier === 'sealed' ? Sealed : renderers[item.type]
        return (
          <div key={item.name} className={item === now ? 'statement statement-now' : 'statement'}>
            <Renderer item={item} {...shared} />
          </div>
        )
      })}
    </div>
  )
}

/** The choices above their columns, once, for the eye only: each radio button has its own words. */
function Heads({ choices, language }: { choices: ItemView['choices']; language: string }) {
  return (
    <div className="run-heads" aria-hidden="true">
      <div className="run-head-row">
        {choices.map(({ value, text }) => (
          <span key={value}>
            <Said words={text} within={language} noted={false} />
          </span>
        ))}
      </div>
    </div>
  )
}

/** The elements of a page, in order: items by their renderer, runs of statements, texts, and panels with what is in them. */
import { Said } from '../ui/said.tsx'
import type { ItemProps } from './element-props.ts'
import { Records } from './elements/records.tsx'
import { Run } from './elements/run.tsx'
import { Sealed } from './elements/sealed.tsx'
import { renderers } from './renderers.ts'
import type { Shown } from './run-steps.ts'
import { blocksOf } from './runs.ts'
import type { ElementView, HtmlView, PanelView } from './view.ts'

type Shared = Omit<ItemProps, 'item'>

interface ElementsProps extends Shared {
  elements: ElementView[]
  /** Which statement of each run is in front of the reader where they come one at a time. */
  shown: Shown
}

export function Elements({ elements, shown, ...shared }: ElementsProps) {
  return (
    <>
      {blocksOf(elements).map((element) => {
        if (element.kind === 'run') return <Run key={element.name} run={element} shown={shown} {...shared} />
        if (element.kind === 'panel') return <Panel key={element.name} panel={element} shown={shown} {...shared} />
        if (element.kind !== 'html' && element.earlier === 'sealed') return <Sealed key={element.name} item={element} {...shared} />
        if (element.kind === 'records') return <Records key={element.name} group={element} {...shared} />
        if (element.kind === 'html') return <Html key={element.name} html={element} {...shared} />
        const Renderer = renderers[element.type]
        return <Renderer key={element.name} item={element} {...shared} />
      })}
    </>
  )
}

/** A text between the questions. Its markup was read past: nothing of a definition ever becomes HTML. */
function Html({ html, words }: Shared & { html: HtmlView }) {
  return (
    <div className="between">
      {html.paragraphs.map((paragraph) => (
        <p key={paragraph.text}>
          <Said words={paragraph} within={words.language} />
        </p>
      ))}
    </div>
  )
}

function Panel({ panel, shown, ...shared }: Omit<ElementsProps, 'elements'> & { panel: PanelView }) {
  const { title, description } = panel
  return (
    <section className="panel" aria-labelledby={title ? `title-${panel.name}` : undefined}>
      {title && (
        <h3 id={`title-${panel.name}`}>
          <Said words={title} within={shared.words.language} />
        </h3>
      )}
      {description && (
        <p className="quiet">
          <Said words={description} within={shared.words.language} />
        </p>
      )}
      <Elements elements={panel.elements} shown={shown} {...shared} />
    </section>
  )
}

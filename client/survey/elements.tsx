/** The elements of a page, in order: items by their renderer, texts, and panels with what is in them. */
import { Said } from '../ui/said.tsx'
import type { ItemProps } from './element-props.ts'
import { Records } from './elements/records.tsx'
import { Sealed } from './elements/sealed.tsx'
import { renderers } from './renderers.ts'
import type { ElementView, HtmlView, PanelView } from './view.ts'

type Shared = Omit<ItemProps, 'item'>

export function Elements({ elements, ...shared }: Shared & { elements: ElementView[] }) {
  return (
    <>
      {elements.map((element) => {
        if (element.kind === 'panel') return <Panel key={element.name} panel={element} {...shared} />
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

function Panel({ panel, ...shared }: Shared & { panel: PanelView }) {
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
      <Elements elements={panel.elements} {...shared} />
    </section>
  )
}

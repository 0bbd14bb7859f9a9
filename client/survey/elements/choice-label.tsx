import type { ReactNode } from 'react'
import { Said } from '../../ui/said.tsx'
import type { ItemView } from '../view.ts'

interface ChoiceLabelProps {
  choice: ItemView['choices'][number]
  checked: boolean
  language: string
  /** The input. */
  children: ReactNode
}

/** A choice: the input and its words, together one target of at least 44 by 44 pixels. */
export function ChoiceLabel({ choice, checked, language, children }: ChoiceLabelProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the input among the children.
    <label className={checked ? 'choice choice-checked' : 'choice'}>
      {children}
      <span className="choice-text">
        <Said words={choice.text} within={language} noted={false} />
      </span>
    </label>
  )
}

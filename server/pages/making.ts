/** The page that a visitor sees while the demonstration is being made. */
import { html } from 'hono/html'
import { page } from './page.ts'

export const making = (styles: string[]) =>
  page({
    language: 'nl',
    title: 'De demonstratie wordt gemaakt',
    styles,
    // Nobody is asked anything here, and it says everything twice.
    languages: [],
    helpLine: '',
    content: html`<p>70 verzonnen gezinnen beleven veertien maanden onderzoek. Dat duurt ongeveer een halve minuut. Deze pagina gaat vanzelf verder.</p>
      <p lang="en">70 invented families are living through fourteen months of research. That takes about half a minute. This page goes on by itself.</p>`,
  })

/** What the server draws figures with: built to dist/figures/figures.js. */
import { renderToStaticMarkup } from 'react-dom/server'
import { Drawing, type DrawingProps } from './drawing.tsx'

/** A figure as SVG. */
export const drawFigure = (props: DrawingProps): string => renderToStaticMarkup(<Drawing {...props} />)

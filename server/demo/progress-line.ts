/** One line that tells how far the making of the demonstration is; where nobody watches, a line every tenth of the way. */
import type { Progress } from './seed.ts'

export interface ProgressLine {
  show(progress: Progress): void
  end(): void
}

export function progressLine(stream: NodeJS.WriteStream): ProgressLine {
  let shown = ''
  return {
    show({ day, share, families, mails, answered }) {
      const percent = Math.floor(share * 100)
      const line = `Making the demonstration: ${percent}% (${day}: ${families} families, ${mails} mails, ${answered} lists filled in)`
      if (stream.isTTY) stream.write(`\r${line}\u001b[K`)
      else if (Math.floor(percent / 10) !== Math.floor(Number(shown) / 10)) stream.write(`${line}\n`)
      shown = String(percent)
    },
    end() {
      if (stream.isTTY && shown !== '') stream.write('\r\u001b[K')
    },
  }
}

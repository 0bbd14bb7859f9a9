import { join } from 'node:path'
import { freePort } from './free-port.ts'

/** All that `nameting serve` needs, on a data folder in `folder` that is not there yet; nothing answers where its mail would go. */
export async function settingsToServe(folder: string, port?: number): Promise<Record<string, string>> {
  const own = port ?? (await freePort())
  return {
    DATA_DIR: join(folder, 'data'),
    PORT: String(own),
    BASE_URL: `http://127.0.0.1:${own}`,
    IDENTITY_KEY: 'ab'.repeat(32),
    SMTP_URL: 'smtp://127.0.0.1:9',
    MAIL_FROM: 'onderzoek@voorbeeld.example',
  }
}

import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '../ui/tokens.css'
import '../ui/base.css'
import '../ui/buttons.css'
import './styles/tokens.css'
import './styles/frame.css'
import './styles/pages.css'
import './styles/case.css'
import './styles/cases.css'
import './styles/actions.css'
import './styles/sign-in.css'
import './styles/entry.css'
import './styles/staff.css'
import './styles/study.css'
import './styles/exports.css'
import './styles/report.css'
import { Desk } from './desk.tsx'
import { createQueryClient } from './queries.ts'
import { LanguageProvider } from './shell/language.tsx'

const root = document.getElementById('app')
if (root)
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={createQueryClient()}>
        <LanguageProvider>
          <Desk />
        </LanguageProvider>
      </QueryClientProvider>
    </StrictMode>,
  )

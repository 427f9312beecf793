import { prove } from '../support/reached.ts'
import { REPLIES } from './replies.ts'

prove(REPLIES)

import { prove } from '../support/reached.ts'
import { WORK } from './work.ts'

prove(WORK)

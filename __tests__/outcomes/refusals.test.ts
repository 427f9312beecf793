import { prove } from '../support/reached.ts'
import { REFUSALS } from './refusals.ts'

prove(REFUSALS)

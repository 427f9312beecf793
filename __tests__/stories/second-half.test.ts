/** The other half of the stories, so that both can be told at the same time; see first-half.test.ts. */
import { namesOfStories } from '../support/stories/script.ts'
import { tellStories } from '../support/stories/tell-stories.ts'

tellStories(namesOfStories().filter((_, at) => at % 2 === 1))

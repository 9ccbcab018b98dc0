import ar from './languages/ar.json' with { type: 'json' }
import bn from './languages/bn.json' with { type: 'json' }
import en from './languages/en.json' with { type: 'json' }
import es from './languages/es.json' with { type: 'json' }
import fr from './languages/fr.json' with { type: 'json' }
import ht from './languages/ht.json' with { type: 'json' }
import ko from './languages/ko.json' with { type: 'json' }
import pl from './languages/pl.json' with { type: 'json' }
import ru from './languages/ru.json' with { type: 'json' }
import ur from './languages/ur.json' with { type: 'json' }
import zh from './languages/zh.json' with { type: 'json' }

/** The words of every language, read together: people mix them, and a report's language is a guess. */
export const languages: Record<string, Record<string, string>> = {
  ...{ en, es, zh, ru, bn, ht, ko, ar, ur, fr, pl },
}

import i18next, { type BackendModule } from 'i18next';
import { initReactI18next } from 'react-i18next';

export const languages = { en: 'English', zh: '中文' } as const;
export type Language = keyof typeof languages;
export const namespaces = ['common', 'home', 'projects', 'workflows', 'instances', 'reasons', 'log', 'designer', 'diagram'] as const;
export type Namespace = (typeof namespaces)[number];

const storageKey = 'porpoise.language';
const files = import.meta.glob<Record<string, unknown>>('./{en,zh}/*.json', { import: 'default' });

/** Texts are chunks of their own: a page loads those of its area in one language. */
const chunks: BackendModule = {
  type: 'backend',
  init() {},
  read(language, namespace, callback) {
    const load = files[`./${language}/${namespace}.json`];
    if (!load) {
      callback(new Error(`no texts ${language}/${namespace}`), false);
      return;
    }
    load().then(
      (texts) => callback(null, texts as never),
      (problem: Error) => callback(problem, true),
    );
  },
};

export function firstLanguage(stored: string | null, wishes: readonly string[]): Language {
  if (stored === 'en' || stored === 'zh') return stored;
  for (const wish of wishes) {
    const language = wish.toLowerCase().split('-')[0];
    if (language === 'en' || language === 'zh') return language;
  }
  return 'en';
}

export function startI18n(): Promise<unknown> {
  let stored: string | null = null;
  try {
    stored = localStorage.getItem(storageKey);
  } catch {
    // Storage may be forbidden; the browser's languages are used then.
  }
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  return i18next
    .use(chunks)
    .use(initReactI18next)
    .init({
      lng: firstLanguage(stored, navigator.languages),
      supportedLngs: Object.keys(languages),
      fallbackLng: false,
      load: 'languageOnly',
      ns: ['common'],
      defaultNS: 'common',
      partialBundledLanguages: true,
      // React escapes what it shows; escaping twice would show entities.
      interpolation: { escapeValue: false },
    });
}

export async function setLanguage(language: Language): Promise<void> {
  await i18next.changeLanguage(language);
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // Not remembered then; it holds for this visit.
  }
}

/** For the loader of a route: its texts come together with its code. */
export function texts(...wanted: Namespace[]): () => Promise<void> {
  return () => i18next.loadNamespaces(wanted);
}

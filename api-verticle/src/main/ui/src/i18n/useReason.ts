import i18next from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { timeText } from '~/components/timeText';
import { reasonText, type Sentences } from './reasonText';
import english from './en/reasons.json';

/** Says reasons of the server in the reader's language and zone; its texts are those of the namespace `reasons`. */
export function useReason(): (reason: { text: string } | null | undefined) => string | undefined {
  const { i18n } = useTranslation('reasons');
  const { language } = i18n;
  return useCallback(
    (reason) => {
      if (!reason) return undefined;
      const wanted = (i18next.getResourceBundle(language, 'reasons') as Sentences | undefined) ?? english;
      return reasonText(reason.text, english, wanted, (iso) => timeText(iso, language));
    },
    [language],
  );
}

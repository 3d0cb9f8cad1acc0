import { describe, expect, it } from 'vitest';
import { paletteColor, plainText, segmentsOf, withMatches } from './ansi';

describe('a line of a log', () => {
  it('has the colours and styles that its escape sequences say', () => {
    expect(segmentsOf('a \u001b[31mred\u001b[0m \u001b[1;92mbold\u001b[0m')).toEqual([
      { text: 'a ', classes: [] },
      { text: 'red', classes: ['ansi-red'] },
      { text: ' ', classes: [] },
      { text: 'bold', classes: ['ansi-bright-green', 'bold'] },
    ]);
  });

  it('may use 256 colours and true colours, as text and as background', () => {
    expect(segmentsOf('\u001b[38;5;208mx\u001b[48;2;1;2;3my')).toEqual([
      { text: 'x', classes: [], color: 'rgb(255, 135, 0)' },
      { text: 'y', classes: [], color: 'rgb(255, 135, 0)', background: 'rgb(1, 2, 3)' },
    ]);
    expect(paletteColor(255)).toBe('rgb(238, 238, 238)');
  });

  it('is text, whatever it says', () => {
    expect(segmentsOf('<img src=x onerror=alert(1)> &amp;')).toEqual([
      { text: '<img src=x onerror=alert(1)> &amp;', classes: [] },
    ]);
    expect(segmentsOf('\u001b[31m<b>&lt;')[0]!.text).toBe('<b>&lt;');
  });

  it('shows what was written over last, and no movements of a cursor', () => {
    expect(plainText('10 %\r 50 %\r100 %\r')).toBe('100 %');
    expect(plainText('\u001b[2K\u001b[1Gdone\u001b]0;title\u0007!')).toBe('done!');
  });

  it('shows control characters as symbols', () => {
    expect(plainText('\r')).toBe('');
    expect(segmentsOf('a\u0000b\u0007')[0]!.text).toBe('a\u2400b\u2407');
  });
});

describe('the wanted text', () => {
  it('is marked in every place, over borders of colours', () => {
    const segments = segmentsOf('Err\u001b[31mor\u001b[0m and error');

    expect(withMatches(segments, 'ERROR').map((segment) => [segment.text, segment.isMatch ?? false])).toEqual([
      ['Err', true],
      ['or', true],
      [' and ', false],
      ['error', true],
    ]);
  });
});

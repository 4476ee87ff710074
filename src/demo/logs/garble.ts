/**
 * UTF-8 read as another code page, as a service that was told the wrong encoding writes it. Only the upper half differs;
 * bytes Windows-1252 leaves undefined become the control characters of the same number, as browsers and Java do.
 */
const WINDOWS_1252 =
  '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ' +
  Array.from({ length: 96 }, (_, index) => String.fromCharCode(160 + index)).join('');
/** Windows-1252 but for six letters of Turkish. */
const WINDOWS_1254 = [...WINDOWS_1252]
  .map((letter) => ({ Ð: 'Ğ', Ý: 'İ', Þ: 'Ş', ð: 'ğ', ý: 'ı', þ: 'ş' })[letter] ?? letter)
  .join('');
const MAC_ROMAN =
  'ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø' +
  '¿¡¬√ƒ≈∆«»…\u00a0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uf8ffÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ';

const PAGES = { 'windows-1252': WINDOWS_1252, 'windows-1254': WINDOWS_1254, macroman: MAC_ROMAN };
export type CodePage = keyof typeof PAGES;
export const codePages: readonly CodePage[] = ['windows-1252', 'windows-1254', 'macroman'];

/** What a reader of `page` sees of UTF-8 text. */
export function garble(text: string, page: CodePage): string {
  const upper = PAGES[page];
  return [...Buffer.from(text, 'utf8')]
    .map((byte) => (byte < 128 ? String.fromCharCode(byte) : (upper[byte - 128] ?? '?')))
    .join('');
}

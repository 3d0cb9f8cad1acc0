package io.porpoise.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeExpressionsTest {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  private static String replace(String base, ZoneId zone, String text) {
    return new TimeExpressions(LocalDateTime.parse(base).atZone(zone)).replace(text);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2022-08-26T00:00:00 | $[this_day(yyyyMMdd)]                  | 20220826
          2022-08-26T00:00:00 | $[last_day(yyyyMMdd)]                  | 20220825
          2022-08-26T00:00:00 | $[year_week(yyyy-MM-dd)]               | 2022-34
          2022-08-26T00:00:00 | $[year_week(yyyyMMdd,5)]               | 202235
          2022-08-26T00:00:00 | $[month_first_day(yyyy-MM-dd,-1)]      | 2022-07-01
          2022-08-26T00:00:00 | $[month_first_day(yyyy-MM-dd)]         | 2022-08-01
          2022-08-26T00:00:00 | $[month_last_day(yyyyMMdd,-1)]         | 20220731
          2022-08-26T00:00:00 | $[month_last_day(yyyyMMdd)]            | 20220831
          2022-08-26T00:00:00 | $[week_first_day(yyyy-MM-dd,-1)]       | 2022-08-15
          2022-08-26T00:00:00 | $[week_last_day(yyyy-MM-dd)]           | 2022-08-28
          2022-08-26T00:00:00 | $[week_last_day(yyyy-MM-dd,0) - 1]     | $[week_last_day(yyyy-MM-dd,0) - 1]
          2020-12-01T12:30:00 | $[add_months(yyyyMMdd,12*2)]           | 20221201
          2020-12-01T12:30:00 | $[add_months(yyyyMMdd,-4)]             | 20200801
          2020-12-01T12:30:00 | $[add_months(yyyyMMdd,-(1+1)*2)]       | 20200801
          2020-12-01T12:30:00 | $[yyyyMMdd+7*2]                        | 20201215
          2020-12-01T12:30:00 | $[HHmmss-1/24]                         | 113000
          2020-12-01T12:30:00 | $[HHmmss+3/24/60]                      | 123300
          2020-12-01T12:30:00 | $[1]                                   | $[1]
          2020-12-01T12:30:00 | $[yyyy-MM-dd-1]                        | 2020-11-30
          2020-12-01T12:30:00 | $[yyyy-MM-dd]                          | 2020-12-01
          2020-12-01T12:30:00 | $[yyyy/MM/dd HH:mm]                    | 2020/12/01 12:30
          2020-12-01T12:30:00 | $[yyyy'年'MM'月']                      | 2020年12月
          2020-12-01T12:30:00 | a $[yyyy] b $[MM]$[dd] c               | a 2020 b 1201 c
          2020-12-01T12:30:00 | $[month_begin(yyyyMMdd,4)]             | 20201205
          2020-12-01T12:30:00 | $[month_end(yyyyMMdd,-1)]              | 20201230
          2020-12-01T12:30:00 | $[week_begin(yyyyMMdd,1)]              | 20201201
          2020-12-01T12:30:00 | $[week_end(yyyyMMdd,0)]                | 20201206
          2020-12-01T12:30:00 | $[timestamp(yyyyMMddHHmmss)]           | 1606797000
          2020-12-01T12:30:00 | $[timestamp(yyyyMMdd000000+1)]         | 1606838400
          2020-12-01T12:30:00 | $[timestamp(month_begin(yyyyMMddHHmmss,1))] | 1606883400
          2020-12-01T12:30:00 | $[timestamp(yyyyMMdd)]                 | $[timestamp(yyyyMMdd)]
          2022-08-26T00:00:00 | $[month_first_day(yyyy-MM-dd,0)]       | 2022-08-01
          2022-08-26T00:00:00 | $[week_last_day(yyyy-MM-dd,0)]         | 2022-08-28
          """)
  void checked_examples(String base, String text, String expect) {
    assertThat(replace(base, SHANGHAI, text)).isEqualTo(expect);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2024-02-29T10:00:00 | $[add_months(yyyyMMdd,12)]       | 20250228
          2024-02-29T10:00:00 | $[add_months(yyyyMMdd,48)]       | 20280229
          2024-03-31T10:00:00 | $[add_months(yyyyMMdd,-1)]       | 20240229
          2023-03-31T10:00:00 | $[add_months(yyyyMMdd,-1)]       | 20230228
          2024-01-31T10:00:00 | $[month_last_day(yyyyMMdd,1)]    | 20240229
          1900-01-31T10:00:00 | $[month_last_day(yyyyMMdd,1)]    | 19000228
          2000-01-31T10:00:00 | $[month_last_day(yyyyMMdd,1)]    | 20000229
          2024-02-28T10:00:00 | $[yyyyMMdd+1]                    | 20240229
          2024-12-31T10:00:00 | $[yyyyMMdd+1]                    | 20250101
          2021-01-01T10:00:00 | $[year_week(yyyy-MM-dd)]         | 2020-53
          2020-12-31T10:00:00 | $[year_week(yyyyMMdd)]           | 202053
          2024-12-30T10:00:00 | $[year_week(yyyy-MM-dd)]         | 2025-01
          2022-01-02T10:00:00 | $[year_week(yyyy-MM-dd)]         | 2021-52
          2022-01-02T10:00:00 | $[year_week(yyyy-MM-dd,7)]       | 2022-01
          2026-01-05T10:00:00 | $[week_first_day(yyyyMMdd)]      | 20260105
          2026-01-04T10:00:00 | $[week_first_day(yyyyMMdd)]      | 20251229
          2026-01-04T10:00:00 | $[week_last_day(yyyyMMdd)]       | 20260104
          2026-03-29T03:30:00 | $[yyyyMMddHHmm-1]                | 202603280330
          2026-03-29T03:30:00 | $[yyyyMMddHHmm-1/24]             | 202603290130
          2026-03-28T02:30:00 | $[yyyyMMddHHmm+1]                | 202603290330
          2026-10-25T12:00:00 | $[timestamp(yyyyMMdd000000)]     | 1792879200
          2026-10-25T02:30:00 | $[yyyyMMddHHmm+1/24]             | 202610250230
          2026-10-25T02:30:00 | $[yyyyMMddHHmm+2/24]             | 202610250330
          2026-10-25T02:30:00 | $[timestamp(yyyyMMddHHmmss)]     | 1792888200
          2026-03-29T00:00:00 | $[timestamp(yyyyMMdd023000)]     | 1774747800
          2026-03-28T12:00:00 | $[yyyyMMddHH+1]                  | 2026032912
          2026-03-28T12:00:00 | $[yyyyMMddHH+24/24]              | 2026032912
          2026-03-28T12:00:00 | $[yyyyMMddHH+25/24]              | 2026032913
          2026-03-29T12:00:00 | $[yyyyMMddHH-12/24]              | 2026032823
          2024-01-31T10:00:00 | $[add_months(yyyyMMdd,1)]        | 20240229
          2025-12-31T10:00:00 | $[add_months(yyyyMMdd,2)]        | 20260228
          2024-02-29T10:00:00 | $[add_months(yyyyMMdd,-12*2)]    | 20220228
          2026-01-31T10:00:00 | $[add_months(yyyyMMdd,7/2)]      | 20260430
          2026-01-31T10:00:00 | $[add_months(yyyyMMdd,-7/2)]     | 20251031
          2026-01-31T10:00:00 | $[add_months(yyyyMMdd, 1 + 1 )]  | 20260331
          2026-01-31T10:00:00 | $[add_months(yyyyMMdd,--1)]      | 20260228
          2100-02-28T10:00:00 | $[yyyyMMdd+1]                    | 21000301
          2100-01-15T10:00:00 | $[month_last_day(yyyyMMdd,1)]    | 21000228
          2026-03-31T10:00:00 | $[month_last_day(yyyyMMdd,-1)]   | 20260228
          2026-03-31T10:00:00 | $[month_first_day(yyyyMMdd,-(1+2)*4)] | 20250301
          2026-01-31T10:00:00 | $[month_first_day(yyyyMMdd,1)]   | 20260201
          2026-03-15T10:00:00 | $[month_begin(yyyyMMdd,-1)]      | 20260228
          2024-03-15T10:00:00 | $[month_begin(yyyyMMdd,-1)]      | 20240229
          2024-02-10T10:00:00 | $[month_end(yyyyMMdd,1)]         | 20240301
          2026-12-10T10:00:00 | $[month_end(yyyyMMdd,1)]         | 20270101
          2026-01-05T10:00:00 | $[week_begin(yyyyMMdd,-1)]       | 20260104
          2026-01-04T10:00:00 | $[week_begin(yyyyMMdd,0)]        | 20251229
          2025-12-31T10:00:00 | $[week_end(yyyyMMdd,7)]          | 20260111
          2025-12-31T10:00:00 | $[week_first_day(yyyyMMdd,1)]    | 20260105
          2025-12-31T10:00:00 | $[week_last_day(yyyyMMdd,-1)]    | 20251228
          2024-03-01T10:00:00 | $[last_day(yyyyMMdd)]            | 20240229
          2026-01-01T10:00:00 | $[last_day(yyyy-MM-dd)]          | 2025-12-31
          2026-01-01T09:05:03 | $[this_day(yyyyMMddHHmmss)]      | 20260101090503
          2026-12-31T10:00:00 | $[year_week(yyyyMMdd)]           | 202653
          2027-01-01T10:00:00 | $[year_week(yyyy-MM-dd)]         | 2026-53
          2027-01-01T10:00:00 | $[year_week(yyyy-MM-dd,6)]       | 2026-52
          2016-01-01T10:00:00 | $[year_week(yyyy-MM-dd)]         | 2015-53
          2016-01-01T10:00:00 | $[year_week(yyyy-MM-dd,2)]       | 2016-01
          2021-01-01T10:00:00 | $[year_week(yyyy-MM-dd,2)]       | 2021-01
          2020-12-31T10:00:00 | $[year_week(yyyy-MM-dd,5)]       | 2020-52
          2024-12-29T10:00:00 | $[year_week(yyyyMMdd,5)]         | 202453
          2024-12-29T10:00:00 | $[year_week(yyyyMMdd,7)]         | 202501
          2026-10-25T00:00:00 | $[timestamp(add_months(yyyyMMddHHmmss,0))] | 1792879200
          2026-10-25T00:00:00 | $[timestamp(yyyyMMddHHmmss-1/24)] | 1792875600
          2026-10-25T00:00:00 | $[timestamp(last_day(yyyyMMddHHmmss))] | 1792792800
          2021-01-03T10:00:00 | $[year_week(yyyy-MM-dd)]         | 2020-53
          2021-01-04T10:00:00 | $[year_week(yyyyMMdd)]           | 202101
          2021-01-03T10:00:00 | $[week_first_day(yyyyMMdd)]      | 20201228
          2020-12-31T10:00:00 | $[week_last_day(yyyyMMdd)]       | 20210103
          2021-01-03T10:00:00 | $[year_week(yyyy-MM-dd,7)]       | 2021-01
          2021-01-02T10:00:00 | $[year_week(yyyy-MM-dd,7)]       | 2020-53
          2026-12-27T10:00:00 | $[year_week(yyyy-MM-dd)]         | 2026-52
          2026-12-28T10:00:00 | $[year_week(yyyy-MM-dd)]         | 2026-53
          2027-01-03T10:00:00 | $[year_week(yyyyMMdd)]           | 202653
          2027-01-04T10:00:00 | $[year_week(yyyyMMdd)]           | 202701
          2000-02-29T10:00:00 | $[add_months(yyyyMMdd,-12*100)]  | 19000228
          2000-02-28T10:00:00 | $[yyyyMMdd+1]                    | 20000229
          1900-02-28T10:00:00 | $[yyyyMMdd+1]                    | 19000301
          2024-03-01T10:00:00 | $[yyyyMMdd-1]                    | 20240229
          2023-03-01T10:00:00 | $[last_day(yyyyMMdd)]            | 20230228
          2024-02-29T10:00:00 | $[month_first_day(yyyyMMdd,-12)] | 20230201
          2024-02-29T10:00:00 | $[month_last_day(yyyyMMdd,-12)]  | 20230228
          2024-02-29T10:00:00 | $[month_end(yyyyMMdd,-29)]       | 20240131
          2026-05-31T10:00:00 | $[add_months(yyyyMMdd,1)]        | 20260630
          2026-05-31T10:00:00 | $[add_months(yyyyMMdd,-3)]       | 20260228
          2026-08-31T10:00:00 | $[month_last_day(yyyyMMdd,1)]    | 20260930
          2026-03-29T01:59:59 | $[yyyyMMddHHmmss+1/24/60/60]     | 20260329030000
          2026-03-30T00:00:00 | $[timestamp(yyyyMMddHHmmss-1)]   | 1774738800
          2026-03-29T12:00:00 | $[timestamp(yyyyMMddHHmmss)]     | 1774778400
          2026-10-26T00:00:00 | $[yyyyMMddHH-24/24]              | 2026102500
          2026-10-26T00:00:00 | $[timestamp(yyyyMMddHHmmss-1)]   | 1792879200
          """)
  void calendar_corners(String base, String text, String expect) {
    assertThat(replace(base, ZoneId.of("Europe/Berlin"), text)).isEqualTo(expect);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          $[]
          $[
          $[yyyy
          $[i+1]
          $[x+1]
          $[yyyy+1/0]
          $[add_months(yyyyMMdd)]
          $[add_months(yyyyMMdd,)]
          $[add_months(yyyyMMdd,99999999999)]
          $[add_months(yyyyMMdd,99999999999999999999999)]
          $[month_begin(yyyyMMdd,x)]
          $[year_week(yyyy,8)]
          $[yyyyyyyyyyyyyyyyyyyyyyyyyyyy]
          $[timestamp(timestamp(timestamp(timestamp(timestamp(timestamp(yyyyMMddHHmmss))))))]
          $[evil()]
          $[add_months(yyyyMMdd,1]
          $[add_months(yyyyMMdd,1))]
          $[add_months(yyyyMMdd,1)x]
          $[add_months(yyyyMMdd,1/0)]
          $[month_begin(yyyyMMdd)]
          $[week_begin(,1)]
          $[this_day()]
          $[this_day(1)]
          $[year_week(yyyy,0)]
          $[year_week(yyyy,-1)]
          $[timestamp(month_end(yyyyMMdd,0))]
          $[timestamp()]
          $[yyyyMMdd+999999999999]
          $[yyyy VV]
          $[yyyy z]
          $[yyyy{MM}]
          $['yyyy]
          $[yyyy#]
          $ [yyyy]
          $[yyyy[MM]]
          $[((((((((((]
          """)
  void what_is_not_an_expression_stays_as_it_is(String text) {
    assertThat(replace("2026-11-21T00:00:00", SHANGHAI, text)).isEqualTo(text);
  }

  @Test
  void no_text_throws_and_long_ones_take_no_longer_than_their_length() {
    Random random = new Random(7);
    String[] parts = {
      "$[",
      "]",
      "yyyy",
      "-",
      "+",
      "1",
      "/",
      "0",
      "(",
      ")",
      ",",
      "add_months(",
      "timestamp(",
      "'",
      " ",
      "MM",
      "p",
      "S",
      "[",
      "*",
      "week_begin(",
      "9999999999",
      "\n",
      "$"
    };
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(20); i >= 0; i--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      assertThat(replace("2026-11-21T00:00:00", SHANGHAI, text.toString())).isNotNull();
    }
    String many = "$[".repeat(500_000);
    assertThat(replace("2026-11-21T00:00:00", SHANGHAI, many)).isSameAs(many);
  }
}

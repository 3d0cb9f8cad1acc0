package io.porpoise.cluster.zookeeper;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.porpoise.cluster.Member;
import java.io.IOException;

/** A member as the content of its entry. Nodes of different versions read each other's. */
final class MemberJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  private MemberJson() {}

  static byte[] write(Member member) {
    try {
      return MAPPER.writeValueAsBytes(member);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot write " + member, e);
    }
  }

  static Member read(byte[] json) throws IOException {
    return MAPPER.readValue(json, Member.class);
  }
}

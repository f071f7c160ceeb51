import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * Peer: the fold on Kafka Streams, exactly_once_v2, one thread, state in RocksDB with a changelog.
 *
 * <p>Arguments: bootstrap, source topic, output topic, group, scratch directory. Ends when it is told to.
 */
public final class KafkaStreamsFold {
  private static final String STORE = "timelines";

  private KafkaStreamsFold() {}

  /** Adds one event to its case's growing timeline and forwards one output. */
  private static final class Grow implements Processor<byte[], byte[], byte[], byte[]> {
    private static volatile boolean told;
    private final ObjectMapper json = new ObjectMapper();
    private ProcessorContext<byte[], byte[]> context;
    private KeyValueStore<byte[], byte[]> timelines;

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
      this.context = context;
      this.timelines = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      tellFirst();
      try {
        JsonNode event = json.readTree(record.value());
        byte[] stored = timelines.get(record.key());
        ArrayNode timeline = stored == null ? json.createArrayNode() : (ArrayNode) json.readTree(stored);
        append(timeline, event);
        timelines.put(record.key(), json.writeValueAsBytes(timeline));
        byte[] output = json.writeValueAsBytes(Map.of("id", event.get("event_id").asText()));
        context.forward(record.withValue(output));
      } catch (IOException error) {
        throw new UncheckedIOException(error);
      }
    }

    /** Both stamps are parsed, as the Python candidates' validation parses them; one is kept. */
    private static void append(ArrayNode timeline, JsonNode event) {
      Instant.parse(event.get("recorded_at").asText());
      timeline
          .addArray()
          .add(Instant.parse(event.get("occurred_at").asText()).toEpochMilli() / 1000.0)
          .add(event.get("org").asText())
          .add(event.get("type").asText())
          .add(event.get("event_id").asText());
    }

    /** From this line on the harness's clock runs. One stream thread: no two can come here at once. */
    private static void tellFirst() {
      if (!told) {
        told = true;
        System.out.println("{\"first_event\": true}");
        System.out.flush();
      }
    }
  }

  private static Properties settings(String bootstrap, String group, String scratch) {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, group);
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, scratch);
    settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return settings;
  }

  private static Topology topology(String source, String output) {
    Serde<byte[]> bytes = Serdes.ByteArray();
    Topology topology = new Topology();
    topology.addSource("source", bytes.deserializer(), bytes.deserializer(), source);
    topology.addProcessor("grow", Grow::new, "source");
    topology.addStateStore(
        Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(STORE), bytes, bytes), "grow");
    topology.addSink("output", output, bytes.serializer(), bytes.serializer(), "grow");
    return topology;
  }

  public static void main(String[] arguments) throws InterruptedException {
    Properties settings = settings(arguments[0], arguments[3], arguments[4]);
    KafkaStreams streams = new KafkaStreams(topology(arguments[1], arguments[2]), settings);
    streams.setUncaughtExceptionHandler(
        error -> {
          error.printStackTrace();
          Runtime.getRuntime().halt(1);
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    Runtime.getRuntime().addShutdownHook(new Thread(streams::close));
    streams.start();
    new CountDownLatch(1).await();
  }
}

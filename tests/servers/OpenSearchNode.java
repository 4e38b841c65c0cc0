import org.codelibs.opensearch.runner.OpenSearchRunner;

/**
 * One node of OpenSearch on exactly the port after -baseHttpPort.
 *
 * The runner's own main looks for a free port up to 9299 only and keeps the reason of a failed start to itself.
 */
public class OpenSearchNode {
    public static void main(String[] arguments) throws InterruptedException {
        OpenSearchRunner runner = new OpenSearchRunner();
        runner.setMaxHttpPort(-1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                runner.close();
            } catch (Exception failed) {
                failed.printStackTrace();
            }
        }));
        try {
            runner.build(arguments);
        } catch (RuntimeException failed) {
            failed.printStackTrace();
            System.exit(1);
        }
        Thread.currentThread().join();
    }
}

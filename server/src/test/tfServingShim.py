"""TensorFlow Serving's REST API over real TensorFlow, as far as tests need it: status, predict, request counter.

    python tfServingShim.py <folder that holds <version>/saved_model.pb>

Executes the graph as TensorFlow Serving does, by a session that is fed and fetched by the names in the signature.
Prints `The shim serves http://127.0.0.1:<port>` once every version is loaded.
"""

import json
import os
import re
import sys
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import numpy as np
import tensorflow as tf
from tensorflow.core.protobuf import config_pb2

NAME = "recmodel"
VERSION = r"(?:/versions/(\d+))?"
PREDICT = re.compile(rf"/v1/models/([^/:]+){VERSION}:predict")
STATUS = re.compile(rf"/v1/models(?:/([^/:]+))?{VERSION}")
HTTP_STATUS = {"INVALID_ARGUMENT": 400, "NOT_FOUND": 404}


class Refused(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


class Signature:
    def __init__(self, session, definition):
        self.inputs = {name: tf.as_dtype(info.dtype) for name, info in sorted(definition.inputs.items())}
        options = config_pb2.CallableOptions(
            feed=[definition.inputs[name].name for name in self.inputs],
            fetch=[info.name for info in definition.outputs.values()],
        )
        self.run = session._make_callable_from_options(options)

    def predict(self, values):
        tensors = [np.asarray(values[name], dtype=dtype.as_numpy_dtype) for name, dtype in self.inputs.items()]
        try:
            (output,) = self.run(*tensors)
        except tf.errors.InvalidArgumentError as error:
            raise Refused("INVALID_ARGUMENT", error.message) from error
        return output


def load(folder):
    session = tf.compat.v1.Session(graph=tf.Graph())
    with session.graph.as_default():
        meta = tf.compat.v1.saved_model.load(session, ["serve"], folder)
    return {name: Signature(session, definition) for name, definition in meta.signature_def.items()}


def values_of(document, signature):
    """The inputs by name, whole, from rows or columns."""
    instances, inputs = document.get("instances"), document.get("inputs")
    if instances is not None:
        return {name: [row[name] for row in instances] for name in signature.inputs}
    if inputs is None:
        raise Refused("INVALID_ARGUMENT", "Missing 'inputs' or 'instances' key")
    for name in signature.inputs:
        if name not in inputs:
            raise Refused("INVALID_ARGUMENT", f"Missing named input: {name} in 'inputs' object.")
    return inputs


def predict(versions, name, version, body):
    if body == b"":
        raise Refused("INVALID_ARGUMENT", "JSON Parse error: The document is empty")
    document = json.loads(body)
    wanted = max(versions) if version is None else int(version)
    if name != NAME or wanted not in versions:
        asked = f"Latest({name})" if version is None else f"Specific({name}, {version})"
        raise Refused("NOT_FOUND", f"Servable not found for request: {asked}")
    signature_name = document.get("signature_name") or "serving_default"
    signature = versions[wanted].get(signature_name)
    if signature is None:
        raise Refused("INVALID_ARGUMENT", f'Serving signature name: "{signature_name}" not found in signature def')
    output = signature.predict(values_of(document, signature))
    return {"predictions" if "instances" in document else "outputs": output.tolist()}


def status(versions, name, version):
    if name is None:
        raise Refused("INVALID_ARGUMENT", "Missing model name in request.")
    found = [one for one in sorted(versions, reverse=True) if name == NAME and version in (None, str(one))]
    if not found:
        what = "any versions" if version is None else f"version {version}"
        raise Refused("NOT_FOUND", f"Could not find {what} of model {name}")
    ok = {"error_code": "OK", "error_message": ""}
    return {"model_version_status": [{"version": str(one), "state": "AVAILABLE", "status": ok} for one in found]}


def handler(versions):
    counts = Counter()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            if self.path == "/monitoring/prometheus/metrics":
                name = ":tensorflow:serving:request_count"
                lines = [f'{name}{{model_name="{NAME}",status="{code}"}} {count}\n' for code, count in counts.items()]
                return self.send(200, "text/plain", "".join(lines))
            self.answer("GET", STATUS, lambda match: status(versions, *match.groups()))

        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            code = self.answer("POST", PREDICT, lambda match: predict(versions, *match.groups(), body))
            if PREDICT.fullmatch(self.path):
                counts[code] += 1

        def answer(self, method, pattern, respond):
            code, http_status = "OK", 200
            try:
                match = pattern.fullmatch(self.path)
                if match is None:
                    raise Refused("INVALID_ARGUMENT", f"Malformed request: {method} {self.path}")
                result = respond(match)
            except Refused as refused:
                code, http_status = refused.code, HTTP_STATUS[refused.code]
                result = {"error": str(refused)}
            self.send(http_status, "application/json", json.dumps(result))
            return code

        def send(self, http_status, content_type, text):
            data = text.encode()
            self.send_response(http_status)
            self.send_header("content-type", content_type)
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args):
            pass

    return Handler


def main():
    base = sys.argv[1]
    versions = {int(name): load(os.path.join(base, name)) for name in os.listdir(base) if name.isdigit()}
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(versions))
    print(f"The shim serves http://127.0.0.1:{server.server_address[1]}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()

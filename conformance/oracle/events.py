# SPDX-License-Identifier: Apache-2.0
"""Two event files as TensorBoard's own RecordWriter and protobuf classes write them, with a fixed clock."""
from tensorboard.compat.proto import event_pb2, summary_pb2
from tensorboard.summary.writer.record_writer import RecordWriter

from common import Topic

TIME = 1764037800.25


def event(step, **content):
    return event_pb2.Event(wall_time=TIME, step=step, **content)


def summary(step, **value):
    return event(step, summary=summary_pb2.Summary(value=[summary_pb2.Summary.Value(**value)]))


def write(path, events):
    with open(path, "wb") as file:
        writer = RecordWriter(file)
        for one in events:
            writer.write(one.SerializeToString())
        writer.flush()


def main():
    with Topic("events", also=["tensorboard", "protobuf"]) as topic:
        image = summary_pb2.Summary.Image(height=224, width=224, colorspace=3, encoded_image_string=bytes(range(200)))
        write(topic.path("new.tfevents"), [
            event(0, file_version="brain.Event:2"),
            summary(1, tag="train_loss", simple_value=0.7057),
            summary(300, tag="train_loss", simple_value=float("nan")),
            summary(5_000_000_000, tag="train_loss", simple_value=-1.5e-30),
            summary(1, tag="samples/00 tumour é", image=image),
        ])
        start = event_pb2.SessionLog(status=event_pb2.SessionLog.START)
        write(topic.path("resumed.tfevents"), [
            event(0, file_version="brain.Event:2"),
            event(51, session_log=start),
            summary(51, tag="train_loss", simple_value=0.25),
        ])


if __name__ == "__main__":
    main()

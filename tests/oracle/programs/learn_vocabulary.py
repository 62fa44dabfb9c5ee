# -*- coding: utf-8 -*-
import numpy as np
from tensorflow.contrib import learn
x_text = ['This is a cat', 'This must be boy', 'This is a a dog', u'我们 都 是 good people']
max_document_length = max([len(x.split(" ")) for x in x_text])
vocab_processor = learn.preprocessing.VocabularyProcessor(max_document_length)
x = np.array(list(vocab_processor.fit_transform(x_text)))
print(x, x.dtype)
print("Vocabulary Size: {:d}".format(len(vocab_processor.vocabulary_)))
vocab_processor.save('vocab')
again = learn.preprocessing.VocabularyProcessor.restore('vocab')
print(list(again.transform(['This is a new cat'])))
print(list(again.reverse([[1, 2, 3, 0]])))
print(sorted(again.vocabulary_._mapping.items(), key=lambda kv: kv[1]))
cut = learn.preprocessing.VocabularyProcessor(4, min_frequency=1)
print(np.array(list(cut.fit_transform(x_text))))
by = learn.preprocessing.ByteProcessor(5)
print(list(by.transform(['abc'])))
print(next(learn.preprocessing.text.tokenizer(["it's 3 o'clock, Mr. Fox"])))
cat = learn.preprocessing.CategoricalVocabulary()
print(cat.get('a'), cat.get('b'), cat.get('a'), len(cat))
